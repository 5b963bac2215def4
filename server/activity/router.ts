import { zActivityOfCustomer, zActivityQuery, zCustomerRef } from '#server/activity/schema.ts'
import * as activity from '#server/activity/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const activityRouter = router({
  mine: procedure('activity:read').input(zActivityQuery).query(work(activity.mine)),
  ofCustomer: procedure('activity:read_any')
    .input(zActivityOfCustomer)
    .query(work(activity.ofCustomer)),
  people: procedure('activity:read_any').input(zCustomerRef).query(work(activity.people)),
})
