import { type DaySet, daySet, meet, minus, union } from '#server/billing/day-sets.ts'
import { less } from '#server/billing/schema.discounts.ts'
import type { Discount, ProposedLine, SubscriptionFacts } from '#server/billing/schema.ts'
import { cycleOf } from '#server/catalog/schema.ts'
import {
  addDays,
  type CivilDate,
  earlier,
  later,
  overlap,
  type Period,
  periodAt,
  periodNumber,
  periodStart,
} from '#server/kernel/civil.ts'
import { type Money, subtract, zero } from '#server/kernel/money.ts'
import { worthIn } from '#server/kernel/proration.ts'

/**
 * What one subscription is to be charged on `day`, of all that is known of the days before it: what
 * should have been charged by then, minus what was. Run again with what it proposed written down, it
 * proposes nothing.
 *
 * Facts of `day` itself and later are not looked at, so a bill made late is the bill made in time.
 *
 * @param since the first day that may have changed since the last bill
 */
export function propose(
  facts: SubscriptionFacts,
  since: CivilDate,
  day: CivilDate,
): ProposedLine[] {
  if (facts.startedOn >= day) return []
  const known = asOf(facts, day)
  if (known.endedOn === known.startedOn) return []
  const lines = activation(known)
  if (known.periodicFee === zero) return lines

  const { anchor, startedOn, terms } = known
  const cycle = cycleOf(terms)
  const first = periodNumber(anchor, cycle, startedOn)
  const end = endOf(known, first)
  const from = earlier(since, known.chargedUntil)
  const free = daySet(known.blocked)
  const billed = billedDays(known)

  let n = Math.max(first, periodNumber(anchor, cycle, from))
  for (; ; n++) {
    const period = periodAt(anchor, cycle, n)
    const isDue = terms.inAdvance ? period.from <= day : period.until <= day || (end && end <= day)
    if (!isDue || (end && period.from >= end && !isBilled(known, period))) break
    lines.push(...settle(known, { period, number: n - first, end, free, billed, from }))
  }
  return lines
}

/** The facts as they were when `day` began. */
const asOf = (facts: SubscriptionFacts, day: CivilDate): SubscriptionFacts => ({
  ...facts,
  endedOn: facts.endedOn && facts.endedOn < day ? facts.endedOn : null,
  blocked: facts.blocked.flatMap((days) => overlap(days, { from: days.from, until: day }) ?? []),
})

function activation(facts: SubscriptionFacts): ProposedLine[] {
  if (facts.activated || facts.activationFee === zero) return []
  const line = lineOf(facts, 'activation', 'activation.fee', facts.activationFee)
  return [line, ...discountsOf(facts, 'activation', 0, facts.activationFee, (fee) => fee)]
}

/**
 * The first day without it: when it was ended, or its term is over. Where the plan doesn't go by
 * days, the period it ended in is paid as a whole.
 */
function endOf(facts: SubscriptionFacts, first: number): CivilDate | null {
  const { anchor, endedOn, terms } = facts
  const cycle = cycleOf(terms)
  const over = terms.term === null ? null : periodStart(anchor, cycle, first + terms.term)
  if (endedOn === null) return over
  const paidTo =
    terms.proration === 'both'
      ? endedOn
      : periodStart(anchor, cycle, periodNumber(anchor, cycle, addDays(endedOn, -1)) + 1)
  return over === null ? paidTo : earlier(over, paidTo)
}

/** The days that stand charged on the ledger: up to a day, but for what was credited since. */
const billedDays = ({ startedOn, chargedUntil, exceptions }: SubscriptionFacts): DaySet =>
  exceptions.reduce<DaySet>(
    (days, { kind, ...period }) =>
      kind === 'adjustment' ? union(days, [period]) : minus(days, [period]),
    daySet([{ from: startedOn, until: chargedUntil }]),
  )

const isBilled = ({ chargedUntil }: SubscriptionFacts, { from }: Period) => from < chargedUntil

type OnePeriod = Readonly<{
  period: Period
  /** Counted from the first, which is 0. */
  number: number
  end: CivilDate | null
  free: DaySet
  billed: DaySet
  from: CivilDate
}>

/** One period: the days that should stand charged, beside those that do. */
function settle(facts: SubscriptionFacts, one: OnePeriod): ProposedLine[] {
  const { period, end, from } = one
  const start = later(facts.startedOn, period.from)
  const cover = daySet([{ from: start, until: end ? earlier(end, period.until) : period.until }])
  const whole = facts.terms.proration === 'none' ? { from: start, until: period.until } : period
  const worth = (fee: Money, days: Period) => worthIn(fee, whole, days)

  const fresh = meet(cover, [{ from: facts.chargedUntil, until: period.until }])
  const charged = fresh.flatMap((days) => [
    lineOf(facts, 'periodic', 'period.fee', worth(facts.periodicFee, days), days),
    ...discountsOf(
      facts,
      'periodic',
      one.number,
      facts.periodicFee,
      (fee) => worth(fee, days),
      days,
    ),
  ])

  const window: DaySet = [{ from: later(from, start), until: period.until }]
  const stands = union(meet(one.billed, window), fresh)
  const due = meet(minus(cover, one.free), window)
  const fee = discounted(facts, 'periodic', one.number, facts.periodicFee)
  const gone = minus(stands, due)
  const change = (kind: ProposedLine['kind'], rule: string, sign: 1n | -1n) => (days: Period) => {
    const amount = (worth(fee, days) * sign) as Money
    return amount === zero ? [] : [lineOf(facts, kind, rule, amount, days)]
  }
  return [
    ...charged,
    ...meet(gone, one.free).flatMap(change('blocked', 'blocked.days_free', -1n)),
    ...minus(gone, one.free).flatMap(change('ended', 'ended.days_unused', -1n)),
    ...minus(due, stands).flatMap(change('adjustment', 'adjustment.days_used', 1n)),
  ]
}

const lineOf = (
  { id, account, name }: SubscriptionFacts,
  kind: ProposedLine['kind'],
  rule: string,
  amount: Money,
  period?: Period,
): ProposedLine => ({ kind, rule, amount, description: name, subscription: id, account, period })

const applies = (
  { appliesTo, after, periods }: Discount,
  to: Discount['appliesTo'],
  number: number,
): boolean => appliesTo === to && number >= after && (periods === null || number < after + periods)

const discounted = (
  { discounts }: SubscriptionFacts,
  to: Discount['appliesTo'],
  number: number,
  fee: Money,
): Money =>
  discounts
    .filter((discount) => applies(discount, to, number))
    .reduce((left, discount) => less(left, fee, discount), fee)

/** A line each discount, by what it takes off so many days: together exactly what they take off. */
function discountsOf(
  facts: SubscriptionFacts,
  to: Discount['appliesTo'],
  number: number,
  fee: Money,
  worth: (fee: Money) => Money,
  period?: Period,
): ProposedLine[] {
  let left = fee
  return facts.discounts
    .filter((discount) => applies(discount, to, number))
    .map((discount) => {
      const after = less(left, fee, discount)
      const amount = subtract(worth(after), worth(left))
      left = after
      const rule = discount.given ? 'discount.given' : 'discount.promo'
      const line = lineOf(facts, 'discount', rule, amount, period)
      return { ...line, description: discount.code }
    })
    .filter((line) => line.amount !== zero)
}
