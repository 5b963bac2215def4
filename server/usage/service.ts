import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { Refusal } from '#server/kernel/errors.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import { type Money, money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { idConflict, periodClosed } from '#server/usage/errors.ts'
import { type Entry, entryOf, openFrom, type Place, type Service } from '#server/usage/judge.ts'
import { type Read, read } from '#server/usage/read.ts'
import * as repo from '#server/usage/repo.ts'
import { type Fault, type Given, type ImportResult, limits } from '#server/usage/schema.ts'

export type Numbered = Readonly<{ row: number; given: Given }>

/** Rows of one call, counted from one. */
export const importRows = (ctx: Ctx, { rows }: { rows: readonly Given[] }): Promise<ImportResult> =>
  importNumbered(
    ctx,
    rows.map((given, i) => ({ row: i + 1, given })),
  )

/**
 * Takes the records that are right and counts them, in this transaction; of the others it says why
 * not. A record that came before is known: it is counted once, however often it comes.
 */
export async function importNumbered(
  ctx: Ctx,
  rows: readonly Numbered[],
  file?: string,
): Promise<ImportResult> {
  demand(ctx.actor, 'usage:import')

  const faults: Fault[] = []
  const fail = ({ row, id }: Pick<Read, 'row' | 'id'>, why: Refusal) => {
    const { code, message, details } = why
    faults.push({ row, id, code, message, details: details as Fault['details'] })
  }
  const readable = rows.flatMap(({ row, given }) => {
    const one = read(row, given)
    if (!(one instanceof Refusal)) return [one]
    fail({ row, id: given.id }, one)
    return []
  })
  const judged = await judge(ctx, readable, fail)
  const { wanted, again } = firstOfEach(judged)

  const closed = wanted.filter(({ entry }) => entry.day < openFrom(entry.place))
  const open = wanted.filter(({ entry }) => entry.day >= openFrom(entry.place))
  const made = new Set((await enter(ctx, open)).map(({ id }) => id))
  const unsure = [...open.filter(({ read: { id } }) => !made.has(id)), ...closed]
  const known = await compare(ctx, unsure)

  let same = 0
  for (const { read: one, entry } of unsure) {
    const found = known.get(one.id)
    if (found) same++
    else if (found === false) fail(one, idConflict(one.id))
    else fail(one, periodClosed(entry.day, openFrom(entry.place)))
  }
  for (const { read: one, entry, first } of again) {
    if (isSame(entry, first)) same++
    else fail(one, idConflict(one.id))
  }

  faults.sort((a, b) => a.row - b.row)
  const result = { imported: made.size, known: same, faulty: faults.length }
  await audit.done(ctx, {
    action: 'usage.import',
    entity: 'usage',
    entityId: file ?? 'call',
    after: result,
  })
  return { ...result, faults: faults.slice(0, limits.faults) }
}

type Judged = Readonly<{ read: Read; entry: Entry & { place: Place } }>
type Fail = (of: Pick<Read, 'row' | 'id'>, why: Refusal) => void

async function judge(ctx: Ctx, all: readonly Read[], fail: Fail): Promise<Judged[]> {
  const places = await repo.places(ctx, [...new Set(all.map(({ account }) => account))])
  const byName = Map.groupBy(places, ({ name }) => name)
  const services = servicesByName(await repo.services(ctx))

  return all.flatMap((one) => {
    try {
      const service = services.get(one.service.toLowerCase())
      const entry = entryOf(one, service, byName.get(one.account) ?? [], ctx.now)
      return [{ read: one, entry }]
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      fail(one, error)
      return []
    }
  })
}

const servicesByName = (all: readonly Service[]) =>
  new Map(
    all.flatMap((one) => [
      [one.code.toLowerCase(), one],
      [one.name.toLowerCase(), one],
    ]),
  )

/** The same id twice in one go: the first one counts, and the others are compared with it. */
function firstOfEach(all: readonly Judged[]) {
  const firsts = new Map<string, Judged>()
  const again: (Judged & { first: Entry })[] = []
  for (const one of all) {
    const first = firsts.get(one.read.id)
    if (first) again.push({ ...one, first: first.entry })
    else firsts.set(one.read.id, one)
  }
  return { wanted: [...firsts.values()], again }
}

const isSame = (a: Entry, b: Entry): boolean =>
  a.account === b.account &&
  a.service === b.service &&
  a.startedAt.getTime() === b.startedAt.getTime() &&
  a.quantity === b.quantity &&
  a.amount === b.amount &&
  a.destination === b.destination

const enter = async (ctx: Ctx, all: readonly Judged[]) =>
  all.length === 0
    ? []
    : repo.enter(
        ctx,
        all.map(({ entry }) => entry),
      )

/** By id, whether what is there is the same; nothing of those that aren't. */
async function compare(ctx: Ctx, all: readonly Judged[]): Promise<Map<string, boolean>> {
  if (all.length === 0) return new Map()
  const rows = await repo.compared(
    ctx,
    all.map(({ entry }) => entry),
  )
  return new Map(rows.map(({ id, same }) => [id, same]))
}

/** Keeps and counts records that are known to be right, of closed cycles too: for demo data. */
export const record = async (ctx: Ctx, all: readonly Entry[]): Promise<void> =>
  void (await repo.enter(ctx, all))

export type UsageOf = Readonly<{
  customer: CustomerId
  account: AccountId
  service: number
  serviceCode: string
  serviceName: string
  records: number
  /** Seconds, bytes or messages, as `unitOf(serviceCode)` says. */
  quantity: bigint
  amount: Money
}>

/**
 * What customers used, each in a billing cycle of its own: by service and account, for the billing
 * run. One statement for all of them.
 */
export async function totalsOf(
  ctx: Ctx,
  cycles: readonly Readonly<{ customer: CustomerId; from: CivilDate; until: CivilDate }>[],
): Promise<UsageOf[]> {
  if (cycles.length === 0) return []
  const rows = await repo.totalsOf(ctx, cycles)
  return rows.map((row) => ({
    ...row,
    account: row.account as AccountId,
    quantity: BigInt(row.quantity),
    amount: money(row.amount),
  }))
}
