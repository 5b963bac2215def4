import { z } from 'zod'
import { type ClassView, classFields, zLimit } from '#server/customers/schema.classes.ts'

/** An amount as typed; an empty field is none. */
export const zTypedLimit = z
  .string()
  .transform((typed) => typed.trim() || null)
  .pipe(zLimit)

const zTypedDays = z
  .string()
  .transform((typed) =>
    typed
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number),
  )
  .refine((days) => classFields.retryDays.safeParse(days).success, { error: 'days_rising' })

/** A class as its form has it: the server's rules, over what is typed. */
export const zClassForm = z.object({
  ...classFields,
  taxRate: z
    .string()
    .transform((typed) => typed.trim().replace(',', '.'))
    .pipe(classFields.taxRate),
  billingDay: z.string().transform((day) => (day ? Number(day) : null)),
  retryDays: zTypedDays,
  creditLimit: zTypedLimit,
  balanceWarning: zTypedLimit,
})

/** Five places are kept; nobody writes more of them than there are. */
export const shortAmount = (amount: string | null): string =>
  amount?.replace(/(\.\d\d\d*?)0+$/, '$1') ?? ''

const blank: z.input<typeof zClassForm> = {
  name: '',
  currency: 'USD',
  taxName: '',
  taxRate: '0',
  taxInclusive: false,
  billingDay: '',
  dueDays: 14,
  retryDays: '3, 8, 15',
  suspendDays: 14,
  suspendOverLimit: false,
  creditLimit: '',
  balanceWarning: '',
}

/** What the fields begin with: of a class that is there, or a new one. */
export function valuesOf(found: ClassView | undefined): z.input<typeof zClassForm> {
  if (!found) return blank
  const { customerClass: _, customers: __, inUse: ___, ...rules } = found
  return {
    ...rules,
    currency: rules.currency as (typeof blank)['currency'],
    taxRate: rules.taxRate.replace(/\.?0+$/, '') || '0',
    billingDay: rules.billingDay === null ? '' : String(rules.billingDay),
    retryDays: rules.retryDays.join(', '),
    creditLimit: shortAmount(rules.creditLimit),
    balanceWarning: shortAmount(rules.balanceWarning),
  }
}
