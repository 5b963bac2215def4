import type { PlacesView } from '#server/agreements/schema.ts'
import type { Verdict } from '#server/bulk/rules.ts'
import type { Counts, Headroom, Price, Report, RowState } from '#server/bulk/schema.ts'
import { add, moneyFromWire, portion, toDecimal, zero } from '#server/kernel/money.ts'

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
    const { name, used, quantity, monthly, activation } = byProduct.get(product)!
    return { product, name, used, quantity, asked: good + over, over, monthly, activation }
  })
  const currency = places[0]?.currency ?? 'USD'
  return {
    rows,
    report: {
      counts: countOf(rows),
      headroom,
      price: priceOf(headroom, currency, (each) => each.asked - each.over),
      overPrice: priceOf(headroom, currency, (each) => each.over),
      ignored,
    },
  }
}

function countOf(rows: readonly Settled[]): Counts {
  const counts = { good: 0, unchanged: 0, over: 0, faulty: 0 }
  for (const { state } of rows) counts[state as keyof Counts]++
  return counts
}

/** A subscription runs from today by its own months, so the next invoice has its whole first one. */
function priceOf(
  headroom: readonly Headroom[],
  currency: string,
  rows: (each: Headroom) => number,
): Price {
  let [monthly, activation] = [zero, zero]
  for (const each of headroom) {
    monthly = add(monthly, portion(moneyFromWire(each.monthly), { num: rows(each), den: 1 }))
    activation = add(
      activation,
      portion(moneyFromWire(each.activation), { num: rows(each), den: 1 }),
    )
  }
  return {
    currency,
    now: toDecimal(zero),
    monthly: toDecimal(monthly),
    activation: toDecimal(activation),
    nextInvoice: toDecimal(add(monthly, activation)),
  }
}
