import {
  zChangePassword,
  zDoor,
  zFirstPassword,
  zSessionRef,
  zSignIn,
} from '#server/auth/schema.ts'
import * as passwords from '#server/auth/service.passwords.ts'
import * as auth from '#server/auth/service.ts'
import { openProcedure, procedure, router, work } from '#server/trpc/init.ts'

export const authRouter = router({
  brand: openProcedure.query(({ ctx }) => work(auth.brand)({ ctx, input: undefined })),
  signIn: openProcedure.input(zSignIn).mutation(({ ctx, input }) => auth.signIn(ctx.edge, input)),
  enter: openProcedure.input(zDoor).mutation(({ ctx, input }) => auth.enterByDoor(ctx.edge, input)),
  firstPassword: procedure('self:write', { beforePasswordChange: true })
    .input(zFirstPassword)
    .mutation(({ ctx, input }) => passwords.firstPassword(ctx, input)),
  changePassword: procedure('self:write')
    .input(zChangePassword)
    .mutation(({ ctx, input }) => passwords.changePassword(ctx, input)),
  sessions: procedure('self:read').query(({ ctx }) =>
    work(auth.sessionsOf)({ ctx, input: ctx.signedIn.session }),
  ),
  endSession: procedure('self:write').input(zSessionRef).mutation(work(auth.endSession)),
  endOtherSessions: procedure('self:write').mutation(({ ctx }) =>
    work(auth.endOtherSessions)({ ctx, input: ctx.signedIn.session }),
  ),
  signOut: procedure('self:read', { beforePasswordChange: true }).mutation(({ ctx }) =>
    work(auth.signOut)({ ctx, input: ctx.signedIn.session }),
  ),
})
