import { zSetNotification } from '#server/people/schema.notifications.ts'
import { zInvite, zPersonRef, zSetRole } from '#server/people/schema.ts'
import * as notifications from '#server/people/service.notifications.ts'
import * as people from '#server/people/service.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

export const peopleRouter = router({
  list: procedure('people:read').query(work(people.list)),
  invite: procedure('people:write')
    .input(zInvite)
    .mutation(({ ctx, input }) => people.invite(ctx, input)),
  inviteAgain: procedure('people:write')
    .input(zPersonRef)
    .mutation(({ ctx, input }) => people.inviteAgain(ctx, input)),
  setRole: procedure('people:write').input(zSetRole).mutation(work(people.setRole)),
  notifications: procedure('self:read').query(work(notifications.notifications)),
  setNotification: procedure('self:write')
    .input(zSetNotification)
    .mutation(work(notifications.setNotification)),
  end: procedure('people:write').input(zPersonRef).mutation(work(people.end)),
})
