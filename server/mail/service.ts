import type { CustomerId, Instant } from '#server/kernel/ids.ts'
import * as mails from '#server/mail/mails.ts'
import * as repo from '#server/mail/repo.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

type To = Readonly<{
  to: string
  kind: string
  customer?: CustomerId
  /** What goes with it, by name: 'invoice:42'. */
  attachments?: readonly string[]
}>

/** Written in the transaction of what it tells of, and sent after: undone with it, too. */
export const queue = (ctx: Ctx, { attachments = [], ...to }: To, mail: mails.Mail): void =>
  leave(
    ctx,
    repo.insert(ctx, {
      ...to,
      attachments: [...attachments],
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

export type Attachment = Readonly<{ filename: string; contentType: string; content: Uint8Array }>

/** Hands a mail to the mail server; throws where that fails. */
export type Transport = (
  mail: Readonly<{
    to: string
    subject: string
    text: string
    html: string
    attachments: readonly Attachment[]
  }>,
) => Promise<void>

/**
 * Makes what goes with mails, by the kind that stands before the colon. It is made when the mail goes
 * out: the table holds names, and a mail that waited carries what there is by then.
 */
export type Attach = Readonly<Record<string, (edge: Edge, id: string) => Promise<Attachment>>>

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
export async function deliverDue(
  edge: Edge,
  transport: Transport | undefined,
  attach: Attach = {},
): Promise<number> {
  if (!transport) return (await unitOfWork(edge, (ctx) => repo.keepAll(ctx))).length

  const due = await unitOfWork(edge, (ctx) =>
    repo.lease(ctx, atOnce, minutesAfter(ctx.wall, leaseMinutes)),
  )
  for (const mail of due) {
    const failure = await send(edge, transport, attach, mail).then(
      () => undefined,
      (error: unknown) => error ?? 'unknown',
    )
    if (failure) edge.log.warn({ err: failure, mail: mail.id }, 'mail not sent')
    await unitOfWork(edge, (ctx) => repo.setState(ctx, mail.id, outcome(ctx, mail.tries, failure)))
  }
  return due.length
}

type Leased = Awaited<ReturnType<typeof repo.lease>>[number]

/** One that can't be made whole is not sent: it fails, and is tried again. */
async function send(edge: Edge, transport: Transport, attach: Attach, mail: Leased): Promise<void> {
  const attachments: Attachment[] = []
  for (const name of mail.attachments) {
    const [kind = '', id = ''] = name.split(':')
    const make = attach[kind]
    if (!make) throw new Error(`Nobody makes attachments of the kind ${kind}.`)
    attachments.push(await make(edge, id))
  }
  const { to, subject, text, html } = mail
  await transport({ to, subject, text, html, attachments })
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
