import { zMoveClock } from '#server/clock/schema.ts'
import * as clock from '#server/clock/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const clockRouter = router({
  status: procedure('clock:read').query(work(clock.status)),
  move: procedure('clock:write').input(zMoveClock).mutation(work(clock.move)),
})
