import type { AccountStatus } from '#server/accounts/schema.ts'
import type { ApplyMode } from '#server/bulk/schema.ts'
import type { Act, ListRow, MainProduct, Product, Which } from '#server/testing/model/acts.ts'

export type LineSeen = Readonly<{
  account: number
  status: AccountStatus
  blockedBy: 'customer' | 'admin' | null
}>

/** What there is to act on, oldest first. */
export type Scene = Readonly<{
  lines: readonly LineSeen[]
  /** Uploads and orders that were applied, and orders that were placed. */
  applied: readonly string[]
  orders: readonly string[]
}>

/** An act with what it is done to. */
export type Deed =
  | Readonly<{ act: 'add'; extension: string; product: MainProduct; number: number | null }>
  | Readonly<{ act: 'bulk'; rows: readonly ListRow[]; mode: ApplyMode }>
  | Readonly<{ act: 'undoBulk'; batch: string }>
  | Readonly<{ act: 'decide'; order: string; approve: boolean }>
  | Readonly<{ act: 'changeProduct'; accounts: readonly number[]; product: MainProduct }>
  | Readonly<{ act: 'addRecording' | 'removeRecording'; accounts: readonly number[] }>
  | Readonly<{ act: 'rename'; account: number; extension: string }>
  | Readonly<{ act: 'moveNumber'; number: number; to: number | null }>
  | Readonly<{ act: 'end' | 'restore' | 'approve' | 'reject'; accounts: readonly number[] }>
  | Readonly<{ act: 'block' | 'unblock'; by: 'customer' | 'admin'; accounts: readonly number[] }>
  | Readonly<{ act: 'agree'; product: Product; quantity: number | null }>
  | Readonly<{ act: 'withdraw'; product: Product }>
  | Readonly<{ act: 'wait' }>

type Fits = (line: LineSeen) => boolean

const live: Fits = ({ status, blockedBy }) => status !== 'terminated' && blockedBy !== 'admin'
const waiting: Fits = ({ status }) => status === 'inactive'
const blocked: Fits = ({ status }) => status === 'blocked'
const fits: Partial<Record<Act['act'], Fits>> = {
  restore: ({ status }) => status === 'terminated',
  approve: waiting,
  reject: waiting,
  block: ({ status }) => status === 'active',
  unblock: blocked,
}

const nth = <T>(from: readonly T[], n: number): T | undefined => from[n % from.length]

function pick({ lines }: Scene, act: Act['act'], { at, among }: Which): number[] {
  const able = among === 'all' ? lines : lines.filter(fits[act] ?? live)
  return [...new Set(at.flatMap((n) => nth(able, n)?.account ?? []))]
}

/** The act as it can be done here; undefined where there is nothing to do it to. */
export function deedOf(act: Act, scene: Scene): Deed | undefined {
  switch (act.act) {
    case 'add':
    case 'bulk':
    case 'agree':
    case 'withdraw':
    case 'wait':
      return act
    case 'undoBulk': {
      const batch = nth(scene.applied, act.which)
      return batch ? { act: act.act, batch } : undefined
    }
    case 'decide': {
      const order = nth(scene.orders, act.which)
      return order ? { act: act.act, order, approve: act.approve } : undefined
    }
    case 'moveNumber': {
      const [to] = act.lines ? pick(scene, act.act, act.lines) : [null]
      return to === undefined ? undefined : { act: act.act, number: act.number, to }
    }
    case 'rename': {
      const [account] = pick(scene, act.act, act.lines)
      return account ? { act: act.act, account, extension: act.extension } : undefined
    }
    default: {
      const { lines, ...rest } = act
      const accounts = pick(scene, act.act, lines)
      return accounts.length > 0 ? ({ ...rest, accounts } as Deed) : undefined
    }
  }
}
