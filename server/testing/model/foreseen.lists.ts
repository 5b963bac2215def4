import { type ListRow, type Product, products } from '#server/testing/model/acts.ts'
import type { Deed } from '#server/testing/model/deeds.ts'
import {
  answer,
  type Foreseen,
  holderOf,
  living,
  type Model,
  noExtension,
  noPlace,
  put,
  usedOf,
} from '#server/testing/model/model.ts'
import type { Outcome } from '#server/testing/model/world.ts'

type Verdict = { row: ListRow; state: 'good' | 'over' | 'unchanged' | 'faulty' }

/** The dry run, as the page explains it. */
function judge(model: Model, rows: readonly ListRow[]): Verdict[] {
  const counted = new Map<Product, number>()
  return rows.map((row, n): Verdict => {
    const before = rows.slice(0, n)
    const there = living(model).find((line) => line.extension === row.extension)
    const isFaulty =
      before.some((one) => one.extension === row.extension) ||
      (row.number !== null && before.some((one) => one.number === row.number)) ||
      !model.quantities.has(row.product)
    if (isFaulty) return { row, state: 'faulty' }
    if (there) {
      const numbers = row.number === null ? [] : [row.number]
      const isSame = there.product === row.product && String(there.numbers) === String(numbers)
      return { row, state: isSame ? 'unchanged' : 'faulty' }
    }
    const isTaken = row.number !== null && holderOf(model, row.number) !== undefined
    if (noExtension(model, row.extension).length > 0 || isTaken) return { row, state: 'faulty' }
    const n1 = (counted.get(row.product) ?? 0) + 1
    if (noPlace(model, row.product, n1).length > 0) return { row, state: 'over' }
    counted.set(row.product, n1)
    return { row, state: 'good' }
  })
}

const count = (verdicts: readonly Verdict[], state: Verdict['state']) =>
  verdicts.filter((one) => one.state === state).length

function makeAll(model: Model, rows: readonly ListRow[], { batch, made }: Outcome): void {
  const accounts = rows.map((row) => {
    const account = made?.find(({ extension }) => extension === row.extension)?.account
    if (account === undefined) throw new Error(`${row.extension} was not made.`)
    return put(model, account, row).account
  })
  if (made?.length !== rows.length) throw new Error(`${made?.length} were made of ${rows.length}.`)
  model.batches.push({ id: batch!, accounts, undone: false })
}

export function foreseeBulk(
  model: Model,
  { rows, mode }: Extract<Deed, { act: 'bulk' }>,
): Foreseen {
  const verdicts = judge(model, rows)
  const [good, over] = [count(verdicts, 'good'), count(verdicts, 'over')]
  const reasons =
    mode === 'all' && over + count(verdicts, 'faulty') > 0
      ? ['bulk.not_all_good']
      : (mode === 'order' ? over : good) === 0
        ? ['bulk.nothing_to_do']
        : []
  const those = (state: Verdict['state']) =>
    verdicts.filter((one) => one.state === state).map(({ row }) => row)
  return answer(reasons, (outcome) => {
    if (good > 0) makeAll(model, those('good'), outcome)
    if (mode === 'order')
      model.placed.push({ id: outcome.order!, rows: those('over'), state: 'waiting' })
  })
}

export function foreseeDecision(model: Model, deed: Extract<Deed, { act: 'decide' }>): Foreseen {
  const order = model.placed.find(({ id }) => id === deed.order)!
  const isLate = order.state === 'rejected' || (order.state === 'applied' && !deed.approve)
  if (isLate || order.state === 'applied') {
    const undone = model.batches.find(({ id }) => id === order.id)?.undone
    return answer(isLate || undone ? ['bulk.not_now'] : [])
  }
  if (!deed.approve) {
    return answer([], () => {
      order.state = 'rejected'
    })
  }
  const verdicts = judge(model, order.rows)
  // Where a row can't be made any more, the order waits again, and nothing was made.
  if (count(verdicts, 'faulty') > 0) {
    return answer([], ({ state }) => {
      if (state !== 'waiting') throw new Error(`The order is ${state}.`)
    })
  }
  const making = verdicts.filter(({ state }) => state !== 'unchanged').map(({ row }) => row)
  return answer([], (outcome) => {
    for (const product of products) {
      const n = making.filter((row) => row.product === product).length
      const quantity = model.quantities.get(product)
      const needed = usedOf(model, product) + n
      if (n > 0 && quantity != null && needed > quantity) model.quantities.set(product, needed)
    }
    makeAll(model, making, outcome)
    order.state = 'applied'
  })
}
