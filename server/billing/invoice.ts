import type { LineDetails, LineKind } from '#server/billing/schema.kinds.ts'
import type { TaxDecision } from '#server/billing/schema.tax.ts'
import { taxed } from '#server/billing/tax.ts'
import type { Period } from '#server/kernel/civil.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import { add, type Money, subtract, sum, taxOf } from '#server/kernel/money.ts'

/** What is to stand on an invoice: proposed by a rule, or on the ledger already (`entry`). */
export type BillLine = Readonly<{
  kind: LineKind
  rule: string
  description: string
  /** As it is priced, exact. */
  amount: Money
  subscription?: number | null
  account?: AccountId | null
  period?: Period
  entry?: number
  details?: LineDetails
}>

/** A line with what it comes to in what can be paid, and exactly on the ledger. */
export type PricedLine = BillLine &
  Readonly<{ net: Money; tax: Money; taxRate: string; exact: Money }>

export type Bill = Readonly<{
  lines: readonly PricedLine[]
  net: Money
  tax: Money
  total: Money
  /** What rounding to what can be paid adds to the ledger, so that it sums to the total. */
  rounding: Money
}>

/** An invoice's amounts: rounded once as a whole, its lines dealt so that they sum to it. */
export function billOf(lines: readonly BillLine[], tax: TaxDecision, currency: string): Bill {
  const paper = taxed(lines, tax, currency)
  const priced = lines.map((line, i) => {
    const { net, tax: own, rate } = paper.lines[i]!
    const exact = tax.inclusive ? taxOf(line.amount, rate, { inclusive: true }).net : line.amount
    return { ...line, net, tax: own, taxRate: rate, exact }
  })
  const total = add(paper.net, paper.tax)
  const onLedger = add(sum(priced.map(({ exact }) => exact)), paper.tax)
  return {
    lines: priced,
    net: paper.net,
    tax: paper.tax,
    total,
    rounding: subtract(total, onLedger),
  }
}
