import * as customers from '#server/customers/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const customersRouter = router({
  me: procedure('self:read', { beforePasswordChange: true }).query(work(customers.me)),
})
