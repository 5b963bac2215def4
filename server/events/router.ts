import { zLatest } from '#server/events/schema.ts'
import * as events from '#server/events/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const eventsRouter = router({
  latest: procedure('customer:read').input(zLatest).query(work(events.mine)),
})
