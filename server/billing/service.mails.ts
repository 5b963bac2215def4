import { isLittle } from '#server/billing/little.ts'
import * as repo from '#server/billing/repo.dues.ts'
import * as waits from '#server/billing/repo.waits.ts'
import * as customers from '#server/customers/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { add, type Money, sum, zero } from '#server/kernel/money.ts'
import type { CardName, Paying } from '#server/mail/schema.ts'
import { bill } from '#server/mail/service.bills.ts'
import { defaultMethod, findMethod } from '#server/payments/service.methods.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

const atOnce = 50

/** Tells those who pay of each new invoice, once, with the invoice attached. */
export async function mailInvoices(edge: Edge, publicUrl: string): Promise<void> {
  for (;;) {
    const told = await unitOfWork(edge, async (ctx) => {
      const rows = await repo.takeUnmailed(ctx, atOnce)
      for (const row of rows) {
        const { invoice, customer, number, total: amount, currency, dueOn } = row
        const whose = await customers.find(ctx, customer)
        const card = whose.autoPay ? await cardOf(ctx, customer) : null
        const pays = await payingOf(ctx, row, card !== null)
        const what = {
          kind: 'invoice_issued',
          number,
          amount,
          currency,
          dueOn,
          card,
          pays,
        } as const
        await bill(ctx, addressed(whose), what, { billingUrl: pageOf(publicUrl, invoice), invoice })
      }
      return rows.length
    })
    if (told < atOnce) return
  }
}

type Unmailed = Awaited<ReturnType<typeof repo.takeUnmailed>>[number]

/** What will be taken for it, as far as is known before the gateway was asked: whether it is enough. */
async function payingOf(
  ctx: Ctx,
  { invoice, customer, currency, open, waits: isWaiting }: Unmailed,
  byCard: boolean,
): Promise<Paying> {
  if (!byCard || open <= zero) return { charged: open, along: zero, little: false }
  const along = sum((await waits.waitingBeside(ctx, customer, invoice)).map((one) => one.open))
  const charged = add(open, along)
  const refused = await waits.refusedAsLittle(ctx, customer)
  return { charged, along, little: isWaiting || isLittle(charged, currency) || charged <= refused }
}

/** Of an invoice so much was paid with a card, and nothing is open of it any more. */
export async function tellPaid(
  ctx: Ctx,
  publicUrl: string,
  { invoice, amount }: Readonly<{ invoice: number; amount: Money }>,
  { brand, last4 }: CardName,
): Promise<void> {
  const { number, customer, currency } = await repo.nameOf(ctx, invoice)
  const whose = await customers.find(ctx, customer)
  const paidOn = dayIn(whose.timeZone, ctx.now)
  const card = { brand, last4 }
  await bill(
    ctx,
    addressed(whose),
    { kind: 'invoice_paid', number, amount, currency, paidOn, card },
    { billingUrl: pageOf(publicUrl, invoice), invoice },
  )
}

/** The card on file was declined, or its bank asked for its holder, who wasn't there. */
export async function tellFailed(
  ctx: Ctx,
  publicUrl: string,
  invoice: number,
  { method, why, amount }: Readonly<{ method: number; why: 'declined' | 'asked'; amount: Money }>,
): Promise<void> {
  const due = await repo.findDue(ctx, invoice)
  const card = await findMethod(ctx, method)
  if (!due || !card) return
  const whose = await customers.find(ctx, due.customer)
  const { number, currency, nextAttemptOn: nextTryOn } = due
  await bill(
    ctx,
    addressed(whose),
    { kind: 'payment_failed', number, amount, currency, card, nextTryOn, why },
    { billingUrl: pageOf(publicUrl, invoice) },
  )
}

const cardOf = async (ctx: Ctx, customer: CustomerId): Promise<CardName | null> => {
  const method = await defaultMethod(ctx, customer)
  return method ? { brand: method.brand, last4: method.last4 } : null
}

export const addressed = ({
  id,
  name,
  email,
  locale,
}: {
  id: number
  name: string
  email: string | null
  locale: string
}) => ({ customer: id as CustomerId, name, email, locale })

export const pageOf = (publicUrl: string, invoice: number) =>
  `${publicUrl}/billing/invoices/${invoice}`
