import { z } from 'zod'
import { currencies } from '#server/catalog/schema.ts'
import type { DecimalString } from '#server/kernel/money.ts'
import { oneLine } from '#server/kernel/text.ts'

const zLine = (max: number) => z.string().overwrite(oneLine).min(1).max(max)
/** As the database keeps amounts; null is none. */
export const zLimit = z
  .string()
  .trim()
  .regex(/^\d{1,12}(\.\d{1,5})?$/, { error: 'amount' })
  .nullable()

const isRising = (days: readonly number[]) => days.every((day, i) => i === 0 || day > days[i - 1]!)

export const classFields = {
  name: zLine(60),
  /** Said once: what customers of the class owe is in it. */
  currency: z.enum(currencies),
  taxName: zLine(40),
  /** Percent, as much as 99.9999 %: what is more is a slip of the pen. */
  taxRate: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, { error: 'number' }),
  /** Prices have the tax in them. */
  taxInclusive: z.boolean(),
  /** Null is the anniversary of a customer's start. */
  billingDay: z.number().int().min(1).max(31).nullable(),
  dueDays: z.number().int().min(0).max(365),
  /** Days after the due day on which a card that was declined is tried again. */
  retryDays: z
    .array(z.number().int().min(1).max(365))
    .max(10)
    .refine(isRising, { params: { code: 'days_rising' } }),
  /** Days after the due day on which service is suspended; null is never. */
  suspendDays: z.number().int().min(1).max(365).nullable(),
  suspendOverLimit: z.boolean(),
  creditLimit: zLimit,
  balanceWarning: zLimit,
}

export const zAddClass = z.strictObject(classFields)
export type AddClass = z.infer<typeof zAddClass>

export const zEditClass = z.strictObject({
  customerClass: z.number().int().positive(),
  ...classFields,
})
export type EditClass = z.infer<typeof zEditClass>

/** Counted no further: a list needn't know more. */
export const mostCounted = 1000

export type ClassView = Omit<AddClass, 'currency' | 'creditLimit' | 'balanceWarning'> & {
  customerClass: number
  currency: string
  creditLimit: DecimalString | null
  balanceWarning: DecimalString | null
  /** One more than `mostCounted` is more than that. */
  customers: number
  /** By a customer or a signup site: its currency is fixed. */
  inUse: boolean
}
