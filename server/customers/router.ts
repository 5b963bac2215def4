import { zAddClass, zEditClass } from '#server/customers/schema.classes.ts'
import { zEditCompany } from '#server/customers/schema.contact.ts'
import { zSetBilling, zSuspension } from '#server/customers/schema.settings.ts'
import { zCustomerOverview, zCustomerQuery } from '#server/customers/schema.ts'
import * as classes from '#server/customers/service.classes.ts'
import * as directory from '#server/customers/service.directory.ts'
import * as profile from '#server/customers/service.profile.ts'
import * as settings from '#server/customers/service.settings.ts'
import * as customers from '#server/customers/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const customersRouter = router({
  me: procedure('self:read', { beforePasswordChange: true }).query(work(customers.me)),
  company: procedure('customer:read').query(work(profile.company)),
  editCompany: procedure('customer:write').input(zEditCompany).mutation(work(profile.editCompany)),
  directory: procedure('customers:read').input(zCustomerQuery).query(work(directory.directory)),
  overview: procedure('customers:read').input(zCustomerOverview).query(work(directory.overview)),
  classes: procedure('classes:read').query(work(classes.list)),
  addClass: procedure('customers:write').input(zAddClass).mutation(work(classes.add)),
  editClass: procedure('customers:write').input(zEditClass).mutation(work(classes.edit)),
  billing: procedure('classes:read').input(zCustomerOverview).query(work(settings.settings)),
  setBilling: procedure('customers:write').input(zSetBilling).mutation(work(settings.setBilling)),
  suspend: procedure('customers:write').input(zSuspension).mutation(work(settings.suspend)),
  restore: procedure('customers:write').input(zSuspension).mutation(work(settings.restore)),
})
