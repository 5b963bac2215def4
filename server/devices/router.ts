import { zDeviceOf, zDevicesOf, zGiveDevice } from '#server/devices/schema.ts'
import * as devices from '#server/devices/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const devicesRouter = router({
  mine: procedure('account:config').input(zDeviceOf).query(work(devices.mine)),
  ofMine: procedure('extensions:read').input(zDevicesOf).query(work(devices.ofMine)),
  models: procedure('extensions:read').query(({ ctx }) =>
    work(devices.allModels)({ ctx, input: undefined }),
  ),
  give: procedure('extensions:write').input(zGiveDevice).mutation(work(devices.giveToMine)),
  configLink: procedure('account:config')
    .input(zDeviceOf)
    .mutation(({ ctx, input }) =>
      work(devices.myConfigLink)({ ctx, input: { ...input, publicUrl: ctx.outside.publicUrl } }),
    ),
})
