import type { DiscountView } from '#server/billing/schema.discounts.ts'
import type { Terms } from '#server/catalog/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import type { DecimalString } from '#server/kernel/money.ts'

/** A subscription that runs: what for, what it costs, and when it is charged next. */
export type SubscriptionRow = {
  id: number
  description: string
  /** The number people know the account by, and whose it is; null for a package. */
  line: string | null
  name: string | null
  fee: DecimalString
  activation: DecimalString
  currency: string
  period: Pick<Terms, 'period' | 'periodCount' | 'inAdvance'>
  startedOn: CivilDate
  /** The first day that is not on an invoice yet; null where none is. */
  chargedUntil: CivilDate | null
  /** The invoice that has the next of it; null where nothing is to be charged. */
  chargedNext: CivilDate | null
  /** The first day without it, where its term is set. */
  endsOn: CivilDate | null
  /** The first period that isn't charged yet, by its number from the day they are counted from. */
  nextPeriod: { anchor: CivilDate; number: number }
  /** What will take something off yet. */
  discounts: DiscountView[]
  /** Its account waits to be approved: nothing is charged. */
  waits: boolean
}

export type SubscriptionsView = { rows: SubscriptionRow[]; total: number; currency: string }
