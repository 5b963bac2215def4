import type { PlacesView } from '#server/agreements/schema.ts'
import type { PricePreview } from '#server/billing/schema.ts'
import type { Verdict } from '#server/bulk/rules.ts'
import type { Counts, Headroom, Price, Report, RowState } from '#server/bulk/schema.ts'
import {
  type DecimalString,
  moneyFromWire,
  portion,
  sum,
  toDecimal,
  zero,
} from '#server/kernel/money.ts'

/** What one more of each product costs, as billing says it. */
type Costs = ReadonlyMap<number, PricePreview>

/** A row's verdict, with its place in the agreement taken into account. */
export type Settled = Omit<Verdict, 'state'> & Readonly<{ state: RowState }>

export type Judged = Readonly<{ rows: readonly Settled[]; report: Report }>

/**
 * Rows without fault in their order, as far as the agreement goes: those beyond are `over`. With
 * what it has of each product, and what the rows cost.
 */
export function settle(
  verdicts: readonly Verdict[],
  places: readonly PlacesView[],
  costs: Costs,
  ignored: readonly string[],
): Judged {
  const byProduct = new Map(places.map((place) => [place.product, place]))
  const asked = new Map<number, { good: number; over: number }>()
  const rows = verdicts.map((verdict): Settled => {
    if (!verdict.wanted) return verdict
    const { product } = verdict.wanted
    const { used, quantity } = byProduct.get(product)!
    const counted = asked.get(product) ?? { good: 0, over: 0 }
    asked.set(product, counted)
    const fits = quantity === null || used + counted.good < quantity
    counted[fits ? 'good' : 'over']++
    return { ...verdict, state: fits ? 'good' : 'over' }
  })

  const headroom = [...asked].map(([product, { good, over }]): Headroom => {
    const { name, used, quantity } = byProduct.get(product)!
    return { product, name, used, quantity, asked: good + over, over, ...costOf(costs, product) }
  })
  return { rows, report: { counts: countOf(rows), ...pricesOf(headroom, places, costs), ignored } }
}

/** A row that was mended: what was to become of it, of which product, and what is now. */
export type Mended = Readonly<{ was: RowState; wasOf?: number; now: Verdict }>

/**
 * The same for a few rows that were mended, by what was said of all before. Undefined where others
 * may be touched: somewhere it has come to the end of a product, or the agreement is another by now.
 */
export function resettle(
  { ignored, ...before }: Report,
  places: readonly PlacesView[],
  costs: Costs,
  mended: readonly Mended[],
): Judged | undefined {
  const byProduct = new Map(places.map((place) => [place.product, place]))
  const asked = new Map(before.headroom.map((each) => [each.product, each.asked]))
  const counts: Record<keyof Counts, number> = { ...before.counts }
  for (const { was, wasOf, now } of mended) {
    counts[was as keyof Counts]--
    counts[now.state]++
    if (was === 'good') asked.set(wasOf!, asked.get(wasOf!)! - 1)
    if (now.wanted) asked.set(now.wanted.product, (asked.get(now.wanted.product) ?? 0) + 1)
  }

  const old = new Map(before.headroom.map((each) => [each.product, each]))
  const headroom: Headroom[] = []
  for (const [product, n] of asked) {
    const place = byProduct.get(product)
    if (!place) return undefined
    const { name, used, quantity } = place
    const known = old.get(product) ?? { used, quantity, over: 0 }
    const isSame = known.used === used && known.quantity === quantity
    if (!isSame || known.over > 0 || (quantity !== null && used + n > quantity)) return undefined
    if (n > 0) {
      const cost = costOf(costs, product)
      headroom.push({ product, name, used, quantity, asked: n, over: 0, ...cost })
    }
  }
  return {
    rows: mended.map(({ now }) => now),
    report: { counts, ...pricesOf(headroom, places, costs), ignored },
  }
}

const pricesOf = (headroom: readonly Headroom[], places: readonly PlacesView[], costs: Costs) => {
  const [cost] = costs.values()
  const on = { currency: places[0]?.currency ?? 'USD', invoiceOn: cost?.invoiceOn }
  return {
    headroom,
    price: priceOf(headroom, on, (each) => each.asked - each.over),
    overPrice: priceOf(headroom, on, (each) => each.over),
  }
}

const costOf = (costs: Costs, product: number) => {
  const { monthly, activation, average, onInvoice } = costs.get(product)!
  return { monthly, activation, average, nextInvoice: onInvoice }
}

/** Of an order there is one price: of all its rows, wherever they have their places. */
export const asOrder = (report: Report): Report => ({
  ...report,
  price: priceOf(report.headroom, report.price, (each) => each.asked),
})

function countOf(rows: readonly Settled[]): Counts {
  const counts = { good: 0, unchanged: 0, over: 0, faulty: 0 }
  for (const { state } of rows) counts[state as keyof Counts]++
  return counts
}

/** So many of each product: `n` of it cost `n` times what one does, on the invoice, too. */
function priceOf(
  headroom: readonly Headroom[],
  { currency, invoiceOn }: Pick<Price, 'currency' | 'invoiceOn'>,
  rows: (each: Headroom) => number,
): Price {
  const total = (pick: (each: Headroom) => DecimalString) =>
    toDecimal(
      sum(headroom.map((each) => portion(moneyFromWire(pick(each)), { num: rows(each), den: 1 }))),
    )
  return {
    currency,
    invoiceOn,
    now: toDecimal(zero),
    monthly: total(({ monthly }) => monthly),
    average: headroom.some((each) => each.average === true && rows(each) > 0),
    activation: total(({ activation }) => activation),
    nextInvoice: total(({ nextInvoice, monthly }) => nextInvoice ?? monthly),
  }
}
