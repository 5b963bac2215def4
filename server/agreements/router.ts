import * as agreements from '#server/agreements/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const agreementsRouter = router({
  mine: procedure('customer:read').query(work(agreements.mine)),
})
