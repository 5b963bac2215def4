import { zAddPackage, zPackageRef } from '#server/agreements/schema.packages.ts'
import { zCustomerRef, zItemRef, zSetItem } from '#server/agreements/schema.ts'
import * as items from '#server/agreements/service.items.ts'
import * as packages from '#server/agreements/service.packages.ts'
import * as agreements from '#server/agreements/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const agreementsRouter = router({
  recurring: procedure('customer:read').query(work(packages.recurring)),
  mine: procedure('customer:read').query(work(agreements.mine)),
  ofCustomer: procedure('agreements:read').input(zCustomerRef).query(work(items.ofCustomer)),
  setItem: procedure('agreements:write').input(zSetItem).mutation(work(items.setItem)),
  removeItem: procedure('agreements:write').input(zItemRef).mutation(work(items.removeItem)),
  packages: procedure('agreements:read').input(zCustomerRef).query(work(packages.packages)),
  addPackage: procedure('agreements:write').input(zAddPackage).mutation(work(packages.addPackage)),
  endPackage: procedure('agreements:write').input(zPackageRef).mutation(work(packages.endPackage)),
  resumePackage: procedure('agreements:write')
    .input(zPackageRef)
    .mutation(work(packages.resumePackage)),
  history: procedure('agreements:read').input(zCustomerRef).query(work(items.history)),
})
