import { notSignedIn } from '#server/auth/errors.ts'
import * as repo from '#server/auth/repo.mails.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { NoticeKind } from '#server/mail/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Whom of a customer's people to tell, and in which language. */
export const whoWants = async (ctx: Ctx, customer: CustomerId, kind: NoticeKind) =>
  repo.wanting(ctx, customer, kind)

/** Those who pay for a customer: its administrators and whoever looks after its bills. */
export const whoPays = async (ctx: Ctx, customer: CustomerId) => repo.paying(ctx, customer)

export type MailWishes = Readonly<{ name: string; email: string | null; off: NoticeKind[] }>

/** Where my mails go, and which I don't want. */
export async function wishesOf(ctx: Ctx): Promise<MailWishes> {
  const [row] = ctx.actor.user ? await repo.find(ctx, ctx.actor.user) : []
  if (!row) throw notSignedIn()
  return { ...row, off: row.off as NoticeKind[] }
}

/** Switches one kind of mail on or off for me: what was switched off before and is now. */
export async function setWish(
  ctx: Ctx,
  kind: NoticeKind,
  wanted: boolean,
): Promise<Readonly<{ name: string; before: NoticeKind[]; after: NoticeKind[] }>> {
  const [row] = ctx.actor.user ? await repo.lock(ctx, ctx.actor.user) : []
  if (!row || !ctx.actor.user) throw notSignedIn()

  const before = row.off as NoticeKind[]
  const others = before.filter((one) => one !== kind)
  const after = wanted ? others : [...others, kind].sort()
  if (after.length !== before.length) await repo.setOff(ctx, ctx.actor.user, after)
  return { name: row.name, before, after }
}
