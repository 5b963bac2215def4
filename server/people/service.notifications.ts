import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import { setWish, wishesOf } from '#server/auth/service.mails.ts'
import { publish } from '#server/events/service.ts'
import type { UserId } from '#server/kernel/ids.ts'
import { billKinds, duesKinds, noticeKinds, securityKinds } from '#server/mail/schema.ts'
import { userMailsSet } from '#server/people/events.ts'
import type { NotificationsView, SetNotification } from '#server/people/schema.notifications.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Which mails I get, where they go, and which of them I could do without. */
export async function notifications(ctx: Ctx): Promise<NotificationsView> {
  demand(ctx.actor, 'self:read')
  const { email, off } = await wishesOf(ctx)
  // Who only looks doesn't pay, and gets no mails about it.
  const pays = ctx.actor.role !== 'read_only'
  const kinds = noticeKinds.filter((kind) => pays || !billKinds.some((one) => one === kind))
  return {
    email,
    notices: kinds.map((kind) => ({ kind, wanted: !off.includes(kind) })),
    always: [...securityKinds, ...(pays ? duesKinds : [])],
  }
}

/** Switches a kind of mail on or off for me; the same again changes nothing. */
export async function setNotification(
  ctx: Ctx,
  { kind, wanted }: SetNotification,
): Promise<NotificationsView> {
  demand(ctx.actor, 'self:write')

  const { name, before, after } = await setWish(ctx, kind, wanted)
  if (before.length === after.length) return notifications(ctx)

  const user = ctx.actor.user as UserId
  await publish(ctx, userMailsSet(ctx.actor.customer ?? null, user, { mailsOff: after }))
  await audit.done(ctx, {
    action: 'user.set_mails',
    entity: 'user',
    entityId: String(user),
    before: { name, mailsOff: before },
    after: { name, mailsOff: after },
  })
  return notifications(ctx)
}
