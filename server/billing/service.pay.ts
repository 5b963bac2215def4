import { brokenConstraint } from '#db/client.ts'
import { demand } from '#server/auth/rights.ts'
import { amountTooSmall, noCard, notDue, paymentUnderWay } from '#server/billing/errors.ts'
import * as repo from '#server/billing/repo.dues.ts'
import * as waits from '#server/billing/repo.waits.ts'
import type {
  PayInvoice,
  PaymentRef,
  PaymentView,
  ReplaceCard,
} from '#server/billing/schema.card.ts'
import { drive, intend } from '#server/billing/service.collect.ts'
import { inAWhile } from '#server/billing/service.outcome.ts'
import * as customers from '#server/customers/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { zero } from '#server/kernel/money.ts'
import { paymentNotFound } from '#server/payments/errors.ts'
import type { Payment } from '#server/payments/schema.ts'
import { payingMethod } from '#server/payments/service.methods.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/**
 * Pays one of my invoices now, all that is open of it, with the card on file; and those along that were
 * too little to be paid by themselves. Pressing twice is pressing once.
 *
 * @returns where it stands: paid, declined, a question of the bank's to be answered, or on its way
 * @throws conflict `billing.not_due` (of another's invoice, too), `billing.no_card`,
 *   `billing.payment_under_way`, `billing.amount_too_small`
 */
export async function pay(
  edge: Edge,
  outside: Outside,
  { invoice, key }: PayInvoice,
): Promise<PaymentView> {
  const payment = await unitOfWork(edge, async (ctx) => {
    demand(ctx.actor, 'billing:write')
    const known = await payments.withKey(ctx, `pay-${key}`)
    if (known) return mine(ctx, known)

    const customer = ctx.actor.customer as CustomerId
    const method = await payingMethod(ctx, customer)
    await repo.lockInvoice(ctx, invoice)
    const due = await repo.findDue(ctx, invoice)
    if (due?.customer !== customer) throw notDue()
    if (!method) throw noCard()
    const [along] = await waits.takenAlongBy(ctx, invoice)
    if (along) throw paymentUnderWay()
    return intend(ctx, due, method, `pay-${key}`)
  }).catch((error: unknown) => {
    if (brokenConstraint(error) === 'payments_one_live') throw paymentUnderWay()
    throw error
  })
  return demandEnough(await drive(edge, outside, payment))
}

/** @throws conflict `billing.amount_too_small` where the gateway doesn't take so little: its invoice waits */
function demandEnough(view: PaymentView): PaymentView {
  if (view.declineCode === 'amount_too_small') throw amountTooSmall()
  return view
}

function mine(ctx: Ctx, { id, customer }: Payment): number {
  if (customer !== ctx.actor.customer) throw paymentNotFound()
  return id
}

/**
 * Verifies a card and puts it on file in place of the one that is there: what is due from now on, and
 * what wasn't paid because the old one was declined, is taken from it.
 */
export async function replaceCard(
  edge: Edge,
  outside: Outside,
  { token, key }: ReplaceCard,
): Promise<PaymentView> {
  const payment = await unitOfWork(edge, async (ctx) => {
    demand(ctx.actor, 'billing:write')
    const known = await payments.withKey(ctx, `card-${key}`)
    if (known) return mine(ctx, known)

    const customer = ctx.actor.customer as CustomerId
    const { currency } = await customers.find(ctx, customer)
    return payments.intend(ctx, {
      key: `card-${key}`,
      amount: zero,
      currency,
      gateway: outside.gateway.name,
      purpose: 'verification',
      customer,
      nextTryAt: inAWhile(ctx),
    })
  })
  return drive(edge, outside, payment, { token })
}

/** Somebody came back from the bank's page: the gateway is asked what came of it. */
export async function goOn(
  edge: Edge,
  outside: Outside,
  { payment }: PaymentRef,
): Promise<PaymentView> {
  await unitOfWork(edge, async (ctx) => {
    demand(ctx.actor, 'billing:write')
    mine(ctx, await payments.find(ctx, payment))
  })
  return demandEnough(await drive(edge, outside, payment, { returned: true }))
}
