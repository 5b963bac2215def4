import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import type { CardPage, CardView } from '#server/billing/schema.card.ts'
import * as customers from '#server/customers/service.ts'
import { dayIn } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { PaymentMethod } from '#server/payments/schema.ts'
import { defaultMethod } from '#server/payments/service.methods.ts'
import { cardPlace } from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'

/** My card on file, whether what is due is taken from it by itself, and where a new one is typed. */
export async function card(ctx: Ctx, outside: Pick<Outside, 'gateway'>): Promise<CardPage> {
  demand(ctx.actor, 'billing:read')
  const customer = ctx.actor.customer as CustomerId
  const { timeZone, autoPay } = await customers.find(ctx, customer)
  const method = await defaultMethod(ctx, customer)
  const today = dayIn(timeZone, ctx.now)
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  return {
    card: method ? viewOf(method, (method.expYear - year) * 12 + method.expMonth - month) : null,
    autoPay,
    place: cardPlace(outside),
  }
}

/** @param left months until its last one */
const viewOf = ({ brand, last4, expMonth, expYear }: PaymentMethod, left: number): CardView => ({
  brand,
  last4,
  expMonth,
  expYear,
  expiry: left < 0 ? 'expired' : left <= 1 ? 'soon' : 'fine',
})

/** Whether what is due is taken from the card on file by itself. */
export async function setAutoPay(ctx: Ctx, { on }: { on: boolean }): Promise<void> {
  demand(ctx.actor, 'billing:write')
  const customer = ctx.actor.customer as CustomerId
  const { autoPay } = await customers.find(ctx, customer)
  if (autoPay === on) return

  await customers.setAutoPay(ctx, customer, on)
  await audit.done(ctx, {
    action: 'customer.auto_pay',
    entity: 'customer',
    entityId: String(customer),
    customer,
    before: { autoPay },
    after: { autoPay: on },
  })
}
