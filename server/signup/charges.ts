import type { Charge } from '#server/billing/schema.ts'
import { cycleOf } from '#server/catalog/schema.ts'
import { type CivilDate, everyMonth, periodAt } from '#server/kernel/civil.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import { add, money, negate, toDecimal } from '#server/kernel/money.ts'
import type { Quote, QuoteLine } from './schema.ts'

/** A subscription the new customer has: of its account, or held directly. */
export type Started = Readonly<{
  id: number
  subscription: number
  account: number | null
  /** What people know its account by. */
  details?: Charge['details']
}>

/**
 * The quote as it was agreed to, line by line, as charges of the subscriptions that were started.
 *
 * @param day the day the subscriptions start, which after midnight is not the quote's any more
 */
export const chargesOf = (quote: Quote, started: readonly Started[], day: CivilDate): Charge[] =>
  quote.lines.map((line) => {
    const own = started.find(({ subscription }) => subscription === line.subscription)
    return {
      kind: line.kind,
      description: line.description,
      net: money(line.amount),
      taxRate: quote.taxRate,
      tax: money(line.tax),
      account: (own?.account ?? undefined) as AccountId | undefined,
      details: own?.details,
      customerSubscription: own?.id,
      period: line.kind === 'periodic' ? firstPeriod(line, day) : undefined,
    }
  })

/** An order from before plans had periods of their own is of a month. */
const firstPeriod = ({ every }: QuoteLine, day: CivilDate) =>
  periodAt(day, every ? cycleOf(every) : everyMonth, 0)

/**
 * What the quote takes off periods, as the subscriptions that were started keep it: where one ends in its
 * first period, what is given back is what was paid; those that come cost less as long as was promised.
 */
export const discountsOf = (quote: Quote, started: readonly Started[]) => [
  ...paidLess(quote, started),
  ...(quote.later ?? []).flatMap(({ subscription, ...off }) => {
    const own = started.find((one) => one.subscription === subscription)
    return own
      ? [{ ...off, subscription: own.id, appliesTo: 'periodic' as const, reason: null }]
      : []
  }),
]

const paidLess = (quote: Quote, started: readonly Started[]) =>
  quote.lines.flatMap((line, i) => {
    const before = quote.lines[i - 1]
    const own = started.find(({ subscription }) => subscription === line.subscription)
    if (line.kind !== 'discount' || before?.kind !== 'periodic' || !own) return []
    // With the tax that is in it, where prices have it in them.
    const off = quote.taxInclusive ? add(money(line.amount), money(line.tax)) : money(line.amount)
    return [
      {
        subscription: own.id,
        code: line.description,
        appliesTo: 'periodic' as const,
        percent: null,
        amount: toDecimal(negate(off)),
        after: 0,
        periods: 1,
        reason: null,
      },
    ]
  })
