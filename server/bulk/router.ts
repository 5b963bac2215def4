import { zApply, zBatchRef, zDropRows, zMend, zRejectOrder, zRowPage } from '#server/bulk/schema.ts'
import * as orders from '#server/bulk/service.orders.ts'
import * as bulk from '#server/bulk/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

/** Files come in and go out by `/bulk`, see server/http/bulk.ts. */
export const bulkRouter = router({
  mine: procedure('bulk:read').query(work(bulk.mine)),
  batch: procedure('bulk:read').input(zBatchRef).query(work(bulk.batch)),
  rows: procedure('bulk:read').input(zRowPage).query(work(bulk.rows)),
  check: procedure('bulk:write').input(zBatchRef).mutation(work(bulk.check)),
  mend: procedure('bulk:write').input(zMend).mutation(work(bulk.mend)),
  drop: procedure('bulk:write').input(zDropRows).mutation(work(bulk.drop)),
  start: procedure('bulk:write').input(zApply).mutation(work(bulk.apply)),
  undo: procedure('bulk:write').input(zBatchRef).mutation(work(bulk.undo)),
  orders: procedure('approvals:read').query(work(orders.orders)),
  approveOrder: procedure('approvals:write').input(zBatchRef).mutation(work(orders.approveOrder)),
  rejectOrder: procedure('approvals:write').input(zRejectOrder).mutation(work(orders.rejectOrder)),
})
