import { type Bound, type HotStatement, hot, insertOf, run } from '#db/prepared.ts'
import { paymentMethods, payments } from '#db/schema/payments.ts'
import { type Money, money } from '#server/kernel/money.ts'
import type { PaymentNews, PaymentState } from '#server/payments/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const insertOne = insertOf(
  payments,
  ['env', 'gateway', 'key', 'amount', 'currency', 'state', 'createdAt'],
  'id as payment',
)

export const insert = (ctx: Ctx, row: Omit<Parameters<typeof insertOne>[0], 'env'>) =>
  run<{ payment: number }>(ctx.db, insertOne({ ...row, env: ctx.env }))

const noteNews: HotStatement = {
  name: 'payment_note',
  text: `
    update payments
       set state = $3, intent_ref = coalesce($4, intent_ref), i_customer = coalesce($5, i_customer),
           decline_code = coalesce($6, decline_code), brand = coalesce($7, brand),
           last4 = coalesce($8, last4), exp_month = coalesce($9, exp_month),
           exp_year = coalesce($10, exp_year), fingerprint = coalesce($11, fingerprint),
           settled_at = coalesce($12, settled_at)
     where i_env = $1 and id = $2`,
}

/** What isn't told stays as it was. */
export const note = (
  ctx: Ctx,
  payment: number,
  { card, ...told }: PaymentNews,
  settledAt?: Date,
): Bound => ({
  ...noteNews,
  values: [
    ctx.env,
    payment,
    told.state,
    told.intentRef,
    told.customer,
    told.declineCode,
    card?.brand,
    card?.last4,
    card?.expMonth,
    card?.expYear,
    card?.fingerprint,
    settledAt,
  ],
})

/** What is known of a payment. */
export type Payment = Readonly<{
  id: number
  key: string
  intentRef: string | null
  amount: Money
  currency: string
  state: PaymentState
  brand: string | null
  last4: string | null
  fingerprint: string | null
}>

const findOne: HotStatement = {
  name: 'payment_find',
  text: `
    select id, key, intent_ref as "intentRef", amount, currency, state, brand, last4, fingerprint
      from payments where i_env = $1 and id = $2`,
}

export async function find(ctx: Ctx, payment: number): Promise<Payment[]> {
  const rows = await hot<Payment & { amount: string }>(ctx.db, findOne, [ctx.env, payment])
  return rows.map((row) => ({ ...row, amount: money(row.amount) }))
}

const insertCard = insertOf(paymentMethods, [
  'env',
  'customer',
  'gateway',
  'gatewayRef',
  'brand',
  'last4',
  'expMonth',
  'expYear',
  'fingerprint',
  'createdAt',
])

export const insertMethod = (ctx: Ctx, row: Omit<Parameters<typeof insertCard>[0], 'env'>) =>
  insertCard({ ...row, env: ctx.env })
