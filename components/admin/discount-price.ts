import { type GiveDiscount, less, zGiveDiscount } from '#server/billing/schema.discounts.ts'
import type { SubscriptionRow } from '#server/billing/schema.subscriptions.ts'
import { cycleOf } from '#server/catalog/schema.ts'
import { addDays, type CivilDate, earlier, periodStart } from '#server/kernel/civil.ts'
import { type DecimalString, money, toDecimal, zero } from '#server/kernel/money.ts'

const zTyped = zGiveDiscount.pick({ off: true, unit: true, appliesTo: true, periods: true })

type Row = Pick<
  SubscriptionRow,
  'fee' | 'activation' | 'period' | 'nextPeriod' | 'endsOn' | 'discounts'
>

type Price = Readonly<{
  /** With the discounts that last as long as this one; then with it, too. */
  before: DecimalString
  after: DecimalString
  /** Others take something off besides, and end sooner. */
  besides: boolean
  /** The last day of it; null: as long as it runs, or where it is for once. */
  until: CivilDate | null
}>

/** What the fee comes to with a discount that is being typed; undefined as long as that can't be. */
export function discountedPrice(
  row: Row,
  typed: Readonly<Partial<Record<keyof GiveDiscount, unknown>>>,
): Price | undefined {
  const { off, unit, appliesTo, periods } = typed
  const given = zTyped.safeParse({ off, unit, appliesTo, periods })
  if (!given.success) return undefined
  const isPeriodic = given.data.appliesTo === 'periodic'
  const fee = money(isPeriodic ? row.fee : row.activation)
  const amount = money(given.data.off)
  const isPercent = given.data.unit === 'percent'
  if (fee === zero || amount <= zero || (isPercent && amount > money('100'))) return undefined

  const others = row.discounts.filter((one) => one.appliesTo === given.data.appliesTo)
  const lasting = others.filter(
    ({ left }) => left === null || left >= (given.data.periods ?? left + 1),
  )
  const before = lasting.reduce(
    (left, one) =>
      less(left, fee, {
        percent: one.percent,
        amount: one.amount === null ? null : money(one.amount),
      }),
    fee,
  )
  const after = less(before, fee, {
    percent: isPercent ? given.data.off : null,
    amount: isPercent ? null : amount,
  })
  const until = isPeriodic ? lastDay(row, given.data.periods) : null
  const besides = lasting.length < others.length
  return { before: toDecimal(before), after: toDecimal(after), besides, until }
}

/** Of so many periods from the first that isn't charged; not beyond the end of its term. */
function lastDay({ nextPeriod, period, endsOn }: Row, periods: number | null): CivilDate | null {
  const { anchor, number } = nextPeriod
  const end = periods === null ? null : periodStart(anchor, cycleOf(period), number + periods)
  const first = end && endsOn ? earlier(end, endsOn) : (end ?? endsOn)
  return first && addDays(first, -1)
}
