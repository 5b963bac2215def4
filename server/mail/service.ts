import type { CustomerId, Instant } from '#server/kernel/ids.ts'
import * as mails from '#server/mail/mails.ts'
import * as repo from '#server/mail/repo.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

type To = Readonly<{ to: string; kind: string; customer?: CustomerId }>

/** Written in the transaction of what it tells of, and sent after: undone with it, too. */
export const queue = (ctx: Ctx, { to, kind, customer }: To, mail: mails.Mail): void =>
  leave(
    ctx,
    repo.insert(ctx, {
      to,
      kind,
      customer,
      ...mail,
      state: 'queued',
      nextTryAt: ctx.wall,
      createdAt: ctx.now,
    }),
  )

export const signupResume = async (
  ctx: Ctx,
  to: string,
  given: Omit<mails.SignupResume, 'validUntil'> & { validUntil: Date },
): Promise<void> => {
  const mail = mails.signupResumeMail({ ...given, validUntil: given.validUntil as Instant })
  queue(ctx, { to, kind: 'signup_resume' }, mail)
}

export const welcome = async (
  ctx: Ctx,
  to: string,
  customer: CustomerId,
  given: mails.Welcome,
): Promise<void> => {
  queue(ctx, { to, kind: 'welcome', customer }, mails.welcomeMail(given))
}

export const passwordChanged = async (
  ctx: Ctx,
  to: string,
  customer: CustomerId | undefined,
  given: mails.PasswordChanged,
): Promise<void> => {
  queue(ctx, { to, kind: 'password_changed', customer }, mails.passwordChangedMail(given))
}

export const invitation = async (
  ctx: Ctx,
  to: string,
  customer: CustomerId,
  given: mails.Invitation,
): Promise<void> => {
  queue(ctx, { to, kind: 'invitation', customer }, mails.invitationMail(given))
}

/** Hands a mail to the mail server; throws where that fails. */
export type Transport = (
  mail: Readonly<{ to: string; subject: string; text: string; html: string }>,
) => Promise<void>

/** Minutes between two tries; after the last a mail has failed. */
const pauses = [1, 5, 15, 60, 240, 720, 1_440] as const
const leaseMinutes = 5
const atOnce = 20

const minutesAfter = (at: Date, n: number) => new Date(at.getTime() + n * 60_000)

/**
 * Sends what is due in an environment, a few mails at a time, each at least once; without a transport
 * mails are kept where an administrator reads them. No mail goes out inside a transaction.
 *
 * @returns how many were taken
 */
export async function deliverDue(edge: Edge, transport: Transport | undefined): Promise<number> {
  if (!transport) return (await unitOfWork(edge, (ctx) => repo.keepAll(ctx))).length

  const due = await unitOfWork(edge, (ctx) =>
    repo.lease(ctx, atOnce, minutesAfter(ctx.wall, leaseMinutes)),
  )
  for (const mail of due) {
    const failure = await transport(mail).then(
      () => undefined,
      (error: unknown) => error ?? 'unknown',
    )
    if (failure) edge.log.warn({ err: failure, mail: mail.id }, 'mail not sent')
    await unitOfWork(edge, (ctx) => repo.setState(ctx, mail.id, outcome(ctx, mail.tries, failure)))
  }
  return due.length
}

/** Nobody needs to read it here any more, and a link in it may still open something. */
const over = { text: '', html: '' } as const

function outcome(ctx: Ctx, tries: number, failure: unknown) {
  if (failure === undefined) return { state: 'sent' as const, sentAt: ctx.now, ...over }
  const pause = pauses[tries - 1]
  return pause === undefined
    ? { state: 'failed' as const, ...over }
    : { nextTryAt: minutesAfter(ctx.wall, pause) }
}
