import type { CustomerId } from '#server/kernel/ids.ts'
import { extensionAccountId } from '#server/pbx/naming.ts'
import type { ListRow, MainProduct, Product } from '#server/testing/model/acts.ts'
import { products } from '#server/testing/model/acts.ts'
import type { Deed, LineSeen } from '#server/testing/model/deeds.ts'
import type { Outcome } from '#server/testing/model/world.ts'

type Line = {
  account: number
  accountId: string
  /** The number it was made with, which its account keeps. */
  namedAfter: string
  extension: string
  product: MainProduct
  recorded: boolean
  status: LineSeen['status']
  blockedBy: LineSeen['blockedBy']
  numbers: number[]
  /** What it was when it ended, for those that can be brought back. */
  ended?: {
    at: number
    status: LineSeen['status']
    blockedBy: LineSeen['blockedBy']
    numbers: number[]
  }
  /** Whether anything happened to it beside the upload that made it. */
  touched: boolean
}

type Batch = { id: string; accounts: number[]; undone: boolean }
type Order = { id: string; rows: readonly ListRow[]; state: 'waiting' | 'applied' | 'rejected' }

/** A company as far as its rules need it: a page of plain data beside the real one. */
export type Model = {
  customer: CustomerId
  now: number
  lines: Line[]
  quantities: Map<Product, number | null>
  batches: Batch[]
  placed: Order[]
}

export const emptyModel = (customer: CustomerId): Model => ({
  customer,
  now: 0,
  lines: [],
  quantities: new Map(),
  batches: [],
  placed: [],
})

export const sceneOfModel = (model: Model) => ({
  lines: model.lines,
  applied: model.batches.map(({ id }) => id),
  orders: model.placed.map(({ id }) => id),
})

/** Why a deed must be refused: one of these codes, or with none it must not be; and what becomes of it. */
export type Foreseen = Readonly<{ reasons: ReadonlySet<string>; then(outcome: Outcome): void }>

const isLive = ({ status }: Line) => status !== 'terminated'
const living = (model: Model) => model.lines.filter(isLive)
const usedOf = (model: Model, product: Product) =>
  living(model).filter(
    (line) => line.product === product || (product === 'recording' && line.recorded),
  ).length
const holderOf = (model: Model, number: number) =>
  living(model).find(({ numbers }) => numbers.includes(number))

/** Why `n` more of a product can't be had. */
function noPlace(model: Model, product: Product, n: number): string[] {
  if (n <= 0) return []
  const quantity = model.quantities.get(product)
  if (quantity === undefined) return ['agreement.not_included']
  const isFull = quantity !== null && usedOf(model, product) + n > quantity
  return isFull ? ['agreement.quantity_exceeded'] : []
}

function noExtension(model: Model, extension: string): string[] {
  if (living(model).some((line) => line.extension === extension)) return ['pbx.extension_taken']
  const isKept = living(model).some((line) => line.namedAfter === extension)
  return isKept ? ['pbx.extension_name_kept'] : []
}

const untouchable = (line: Line): string[] => {
  if (line.blockedBy === 'admin') return ['accounts.blocked_by_admin']
  return isLive(line) ? [] : ['accounts.wrong_state']
}

const touch = (line: Line) => {
  line.touched = true
}

const linesOf = (model: Model, accounts: readonly number[]) =>
  accounts.map((account) => model.lines.find((line) => line.account === account)!)

function put(model: Model, account: number, row: ListRow): Line {
  const line: Line = {
    account,
    accountId: extensionAccountId(model.customer, row.extension),
    namedAfter: row.extension,
    extension: row.extension,
    product: row.product,
    recorded: false,
    status: row.product === 'checked' ? 'inactive' : 'active',
    blockedBy: null,
    numbers: row.number === null ? [] : [row.number],
    touched: false,
  }
  model.lines.push(line)
  return line
}

function end(model: Model, line: Line, canReturn = true): void {
  const { status, blockedBy, numbers } = line
  line.ended = canReturn ? { at: model.now, status, blockedBy, numbers } : undefined
  Object.assign(line, { status: 'terminated', blockedBy: null, numbers: [] })
}

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

const nothing = () => {}
const answer = (reasons: readonly string[], then: Foreseen['then'] = nothing): Foreseen => ({
  reasons: new Set(reasons),
  then,
})

function foreseeBulk(model: Model, { rows, mode }: Extract<Deed, { act: 'bulk' }>): Foreseen {
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

function foreseeDecision(model: Model, deed: Extract<Deed, { act: 'decide' }>): Foreseen {
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

function foreseeRestore(model: Model, lines: readonly Line[]): Foreseen {
  const isAdmins = lines.some(({ blockedBy }) => blockedBy === 'admin')
  if (lines.some(isLive)) {
    return answer(['accounts.wrong_state', ...(isAdmins ? ['accounts.blocked_by_admin'] : [])])
  }
  const reasons: string[] = []
  const oldest = model.now - 10 * 60_000
  if (lines.some(({ ended }) => !ended || ended.at < oldest))
    reasons.push('accounts.restore_lapsed')
  const all = [...living(model), ...lines]
  const isTwice = (has: (line: Line) => string) =>
    lines.some((line) => all.filter((one) => has(one) === has(line)).length > 1)
  if (isTwice(({ extension }) => extension) || isTwice(({ accountId }) => accountId)) {
    reasons.push('accounts.restore_taken')
  }
  const wanted = lines.flatMap(({ ended }) => ended?.numbers ?? [])
  if (new Set(wanted).size < wanted.length || wanted.some((number) => holderOf(model, number))) {
    reasons.push('numbers.not_available')
  }
  for (const product of products) {
    const n = lines.filter(
      (line) => line.product === product || (product === 'recording' && line.recorded),
    ).length
    reasons.push(...noPlace(model, product, n))
  }
  return answer(reasons, () => {
    for (const line of lines) {
      const { status, blockedBy, numbers } = line.ended!
      Object.assign(line, { status, blockedBy, numbers, ended: undefined, touched: true })
    }
  })
}

/** Why one line can't be blocked or unblocked; undefined when it can. */
function whyNotBlocked(
  { act, by }: Extract<Deed, { act: 'block' | 'unblock' }>,
  { status, blockedBy }: Line,
): string | undefined {
  if (blockedBy === 'admin' && by === 'customer') return 'accounts.blocked_by_admin'
  if (status === 'inactive') return 'accounts.waiting'
  if (status === 'terminated') return 'accounts.terminated'
  if (act === 'unblock') return status === 'blocked' ? undefined : 'accounts.not_blocked'
  return blockedBy === by ? 'accounts.already_blocked' : undefined
}

/** Those it can be done with change; where it can be done with none, it is refused. */
function foreseeBlock(
  deed: Extract<Deed, { act: 'block' | 'unblock' }>,
  lines: readonly Line[],
): Foreseen {
  const able = lines.filter((line) => !whyNotBlocked(deed, line))
  const reasons = lines.flatMap((line) => whyNotBlocked(deed, line) ?? [])
  const [status, blockedBy] = deed.act === 'block' ? ['blocked', deed.by] : ['active', null]
  return answer(able.length > 0 ? [] : reasons, () => {
    for (const line of able) Object.assign(line, { status, blockedBy, touched: true })
  })
}

export function foresee(model: Model, deed: Deed): Foreseen {
  const lines = 'accounts' in deed ? linesOf(model, deed.accounts) : []
  const locked = lines.flatMap(untouchable)
  switch (deed.act) {
    case 'add':
      return answer(
        [
          ...noPlace(model, deed.product, 1),
          ...noExtension(model, deed.extension),
          ...(deed.number !== null && holderOf(model, deed.number)
            ? ['numbers.not_available']
            : []),
        ],
        ({ account }) => void put(model, account!, deed),
      )
    case 'bulk':
      return foreseeBulk(model, deed)
    case 'undoBulk': {
      const batch = model.batches.find(({ id }) => id === deed.batch)!
      if (batch.undone) return answer([])
      const made = linesOf(model, batch.accounts)
      return answer(made.some(({ touched }) => touched) ? ['bulk.changed_since'] : [], () => {
        batch.undone = true
        for (const line of made) end(model, line)
      })
    }
    case 'decide':
      return foreseeDecision(model, deed)
    case 'changeProduct': {
      const others = lines.filter((line) => line.product !== deed.product)
      return answer([...locked, ...noPlace(model, deed.product, others.length)], () => {
        for (const line of others) Object.assign(line, { product: deed.product, touched: true })
      })
    }
    case 'addRecording': {
      const others = lines.filter((line) => !line.recorded)
      const none = others.length === 0 ? ['accounts.product_there'] : []
      const reasons = [...locked, ...none, ...noPlace(model, 'recording', others.length)]
      return answer(reasons, () => {
        for (const line of others) Object.assign(line, { recorded: true, touched: true })
      })
    }
    case 'removeRecording': {
      const those = lines.filter((line) => line.recorded)
      const none = those.length === 0 ? ['accounts.addon_not_there'] : []
      return answer([...locked, ...none], () => {
        for (const line of those) Object.assign(line, { recorded: false, touched: true })
      })
    }
    case 'rename': {
      const [line] = linesOf(model, [deed.account])
      const isTaken = living(model).some((one) => one !== line && one.extension === deed.extension)
      return answer([...untouchable(line!), ...(isTaken ? ['pbx.extension_taken'] : [])], () => {
        if (line!.extension !== deed.extension) touch(line!)
        line!.extension = deed.extension
      })
    }
    case 'moveNumber': {
      const from = holderOf(model, deed.number)
      const to = deed.to === null ? undefined : linesOf(model, [deed.to])[0]
      const isThere = from === to
      const reasons = [
        ...(to ? untouchable(to) : []),
        ...(from && !isThere ? untouchable(from) : []),
      ]
      return answer(reasons, () => {
        if (isThere) return
        if (from) {
          from.numbers = from.numbers.filter((number) => number !== deed.number)
          touch(from)
        }
        if (to) {
          to.numbers = [...to.numbers, deed.number].sort()
          touch(to)
        }
      })
    }
    case 'end':
      return answer(locked, () => {
        for (const line of lines) {
          touch(line)
          end(model, line)
        }
      })
    case 'restore':
      return foreseeRestore(model, lines)
    case 'approve':
    case 'reject': {
      const isOther = lines.some(({ status }) => status !== 'inactive')
      return answer(isOther ? ['accounts.wrong_state'] : [], () => {
        for (const line of lines) {
          touch(line)
          if (deed.act === 'approve') line.status = 'active'
          else end(model, line, false)
        }
      })
    }
    case 'block':
    case 'unblock':
      return foreseeBlock(deed, lines)
    case 'agree': {
      const { product, quantity } = deed
      const isBelow = quantity !== null && usedOf(model, product) > quantity
      return answer(isBelow ? ['agreement.below_use'] : [], () => {
        model.quantities.set(product, quantity)
      })
    }
    case 'withdraw': {
      const reasons = !model.quantities.has(deed.product)
        ? ['agreement.not_included']
        : usedOf(model, deed.product) > 0
          ? ['agreement.in_use']
          : []
      return answer(reasons, () => void model.quantities.delete(deed.product))
    }
    case 'wait':
      return answer([], () => {
        model.now += 11 * 60_000
      })
  }
}

/** The company as it must be, in the shape in which the database is read. */
export const standingOfModel = (model: Model) => ({
  lines: [...model.lines]
    .sort((a, b) => a.account - b.account)
    .map(({ namedAfter: _, ended: __, touched: ___, ...line }) => line),
  places: Object.fromEntries(
    [...model.quantities].map(([product, quantity]) => [
      product,
      { used: usedOf(model, product), quantity },
    ]),
  ),
})
