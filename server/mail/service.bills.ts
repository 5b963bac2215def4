import { whoPays } from '#server/auth/service.mails.ts'
import * as auth from '#server/auth/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { billMail } from '#server/mail/bills.ts'
import { type Bill, billKinds } from '#server/mail/schema.ts'
import { queue } from '#server/mail/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Who is billed, and where they are reached when none of their people can sign in. */
export type Billed = Readonly<{
  customer: CustomerId
  name: string
  email: string | null
  locale: string
}>

type More = Readonly<{
  /** The page of self-care that shows it. */
  billingUrl?: string
  /** The invoice that goes with it, as a PDF that is drawn when the mail goes out. */
  invoice?: number
}>

/**
 * Tells those who pay for a customer of something about money, each in their language. What service
 * depends on reaches all of them; the rest only those who didn't switch it off. Undone with what it
 * tells of.
 */
export async function bill(ctx: Ctx, billed: Billed, what: Bill, more: More = {}): Promise<void> {
  const { customer, name: company } = billed
  const people = await whoPays(ctx, customer)
  const canBeOff = billKinds.some((kind) => kind === what.kind)
  const wanting = people.filter(({ off }) => !canBeOff || !off.includes(what.kind))
  const reached = people.length > 0 ? wanting : [billed]

  const { name: title, accent } = await auth.home(ctx)
  const attachments = more.invoice === undefined ? [] : [`invoice:${more.invoice}`]
  for (const { email, locale } of reached) {
    if (!email) continue
    const mail = billMail({
      locale: locale ?? billed.locale,
      brand: { title, accent },
      company,
      billingUrl: more.billingUrl,
      bill: what,
    })
    queue(ctx, { to: email, kind: what.kind, customer, attachments }, mail)
  }
}
