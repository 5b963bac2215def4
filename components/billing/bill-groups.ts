import type { BillLineView } from '#server/billing/schema.ts'
import { type DecimalString, money, sum, toDecimal } from '#server/kernel/money.ts'

/** What is charged for one line of the company, or for the company as a whole (`line` null). */
export type BillGroup = Readonly<{
  line: string | null
  name: string | null
  lines: readonly BillLineView[]
  net: DecimalString
}>

/** The company's own first, then line by line, each where its first entry stands. */
export function groupsOf(lines: readonly BillLineView[]): BillGroup[] {
  const byLine = Map.groupBy(lines, ({ line }) => line)
  const own = byLine.get(null)
  byLine.delete(null)
  return [...(own ? [own] : []), ...byLine.values()].map((group) => ({
    line: group[0]!.line,
    name: group[0]!.name,
    lines: group,
    net: toDecimal(sum(group.map(({ net }) => money(net)))),
  }))
}

type TaxRow = Readonly<{ rate: string; base: DecimalString; tax: DecimalString }>

/** Each rate with what it is of, in the order they stand. */
export const taxesOf = (lines: readonly BillLineView[]): TaxRow[] =>
  [...Map.groupBy(lines, ({ taxRate }) => taxRate)].map(([rate, own]) => ({
    rate,
    base: toDecimal(sum(own.map(({ net }) => money(net)))),
    tax: toDecimal(sum(own.map(({ tax }) => money(tax)))),
  }))
