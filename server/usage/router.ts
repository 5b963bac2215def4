import { procedure, router, work } from '#server/trpc/init.ts'
import { zImport, zUsageQuery } from '#server/usage/schema.ts'
import * as usage from '#server/usage/service.ts'
import * as views from '#server/usage/service.views.ts'

export const usageRouter = router({
  mine: procedure('usage:read').input(zUsageQuery).query(work(views.mine)),
  import: procedure('usage:import').input(zImport).mutation(work(usage.importRows)),
})
