import { zEditCompany } from '#server/customers/schema.contact.ts'
import { zCustomerOverview, zCustomerQuery } from '#server/customers/schema.ts'
import * as directory from '#server/customers/service.directory.ts'
import * as profile from '#server/customers/service.profile.ts'
import * as customers from '#server/customers/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const customersRouter = router({
  me: procedure('self:read', { beforePasswordChange: true }).query(work(customers.me)),
  company: procedure('customer:read').query(work(profile.company)),
  editCompany: procedure('customer:write').input(zEditCompany).mutation(work(profile.editCompany)),
  directory: procedure('customers:read').input(zCustomerQuery).query(work(directory.directory)),
  overview: procedure('customers:read').input(zCustomerOverview).query(work(directory.overview)),
})
