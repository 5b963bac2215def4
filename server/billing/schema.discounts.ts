import { z } from 'zod'
import {
  type DecimalString,
  type Money,
  money,
  portion,
  subtract,
  zero,
} from '#server/kernel/money.ts'
import { oneLine } from '#server/kernel/text.ts'

/** As the database keeps them: longer than any plan runs. */
const maxPeriods = 600

/** `held`: the subscription as this customer, or an account of it, has it. */
const zHeld = z.strictObject({
  customer: z.number().int().positive(),
  held: z.number().int().positive(),
})

export const zGiveDiscount = zHeld.extend({
  /** What the invoice calls it. */
  name: z.string().overwrite(oneLine).min(1).max(60),
  appliesTo: z.enum(['activation', 'periodic']),
  unit: z.enum(['percent', 'amount']),
  /** Percent, or an amount in the plan's currency; what can't be is refused by name. */
  off: z
    .string()
    .trim()
    .regex(/^-?\d{1,9}(\.\d{1,4})?$/, { error: 'amount' }),
  /** Of so many periods, from the first that isn't charged yet; null: as long as it runs. */
  periods: z.number().int().min(1).max(maxPeriods).nullable(),
  reason: z.string().trim().min(3).max(300),
  key: z.uuid(),
})
export type GiveDiscount = z.infer<typeof zGiveDiscount>

export const zEndDiscount = zHeld.extend({ discount: z.number().int().positive() })
export type EndDiscount = z.infer<typeof zEndDiscount>

/** What is taken off, and how much longer. */
export type DiscountView = {
  discount: number
  /** A promo code, or what an administrator called it: as invoices do. */
  name: string
  appliesTo: 'activation' | 'periodic'
  percent: DecimalString | null
  amount: DecimalString | null
  /** Periods that will still cost less; null: all. */
  left: number | null
  /** Why an administrator gave it; null where a promo code did. */
  reason: string | null
}

type Off = Readonly<{ percent: string | null; amount: Money | null }>

/** What is left of a fee after one discount more; never below nothing. */
export function less(left: Money, fee: Money, { percent, amount }: Off): Money {
  const off = percent ? portion(fee, { num: money(percent), den: money('100') }) : amount!
  return off < left ? subtract(left, off) : zero
}
