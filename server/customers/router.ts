import { zCustomerOverview, zCustomerQuery } from '#server/customers/schema.ts'
import * as directory from '#server/customers/service.directory.ts'
import * as customers from '#server/customers/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const customersRouter = router({
  me: procedure('self:read', { beforePasswordChange: true }).query(work(customers.me)),
  directory: procedure('customers:read').input(zCustomerQuery).query(work(directory.directory)),
  overview: procedure('customers:read').input(zCustomerOverview).query(work(directory.overview)),
})
