import * as billing from '#server/billing/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const billingRouter = router({
  balance: procedure('customer:read').query(work(billing.balance)),
})
