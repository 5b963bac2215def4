import { zDeviceOf } from '#server/devices/schema.ts'
import * as devices from '#server/devices/service.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const devicesRouter = router({
  mine: procedure('account:config').input(zDeviceOf).query(work(devices.mine)),
  configLink: procedure('account:config')
    .input(zDeviceOf)
    .mutation(({ ctx, input }) =>
      unitOfWork(ctx.edge, (unit) => devices.myConfigLink(unit, ctx.outside.publicUrl, input)),
    ),
})
