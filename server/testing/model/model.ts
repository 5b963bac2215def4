import type { CustomerId } from '#server/kernel/ids.ts'
import { extensionAccountId } from '#server/pbx/naming.ts'
import type { ListRow, MainProduct, Product } from '#server/testing/model/acts.ts'
import type { LineSeen } from '#server/testing/model/deeds.ts'
import type { Outcome } from '#server/testing/model/world.ts'

export type Line = {
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

export const isLive = ({ status }: Line) => status !== 'terminated'
export const living = (model: Model) => model.lines.filter(isLive)
export const usedOf = (model: Model, product: Product) =>
  living(model).filter(
    (line) => line.product === product || (product === 'recording' && line.recorded),
  ).length
export const holderOf = (model: Model, number: number) =>
  living(model).find(({ numbers }) => numbers.includes(number))

/** Why `n` more of a product can't be had. */
export function noPlace(model: Model, product: Product, n: number): string[] {
  if (n <= 0) return []
  const quantity = model.quantities.get(product)
  if (quantity === undefined) return ['agreement.not_included']
  const isFull = quantity !== null && usedOf(model, product) + n > quantity
  return isFull ? ['agreement.quantity_exceeded'] : []
}

export const noExtension = (model: Model, extension: string): string[] => [
  ...(living(model).some((line) => line.extension === extension) ? ['pbx.extension_taken'] : []),
  ...(living(model).some((line) => line.namedAfter === extension)
    ? ['pbx.extension_name_kept']
    : []),
]

export const untouchable = (line: Line): string[] => {
  if (line.blockedBy === 'admin') return ['accounts.blocked_by_admin']
  return isLive(line) ? [] : ['accounts.wrong_state']
}

export const touch = (line: Line) => {
  line.touched = true
}

export const linesOf = (model: Model, accounts: readonly number[]) =>
  accounts.map((account) => model.lines.find((line) => line.account === account)!)

export function put(model: Model, account: number, row: ListRow): Line {
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

export function end(model: Model, line: Line, canReturn = true): void {
  const { status, blockedBy, numbers } = line
  line.ended = canReturn ? { at: model.now, status, blockedBy, numbers } : undefined
  Object.assign(line, { status: 'terminated', blockedBy: null, numbers: [] })
}

const nothing = () => {}
export const answer = (reasons: readonly string[], then: Foreseen['then'] = nothing): Foreseen => ({
  reasons: new Set(reasons),
  then,
})

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
