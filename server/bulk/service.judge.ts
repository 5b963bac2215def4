import { setImmediate as breathe } from 'node:timers/promises'
import type { PlacesView } from '#server/agreements/schema.ts'
import * as agreements from '#server/agreements/service.ts'
import { pricesOf } from '#server/billing/service.preview.ts'
import { type Judged, type Mended, resettle, settle } from '#server/bulk/price.ts'
import * as repo from '#server/bulk/repo.rows.ts'
import {
  candidatesOf,
  judge,
  numbersIn,
  plainName,
  seenIn,
  type Verdict,
  type World,
} from '#server/bulk/rules.ts'
import type { ReadRow, Report, RowView } from '#server/bulk/schema.ts'
import * as customers from '#server/customers/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import * as numbers from '#server/numbers/service.ts'
import * as pbx from '#server/pbx/service.many.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Rows judged between two breaths. */
const atOnce = 250

/** Digits by which numbers are taken for the same until they are read. */
const sameDigits = 7

/** Where a customer's address doesn't say: how local numbers are read, and then looked up. */
const defaultCountry = 'US'

/** Row by row; between slices others have their turn. */
async function each(rows: readonly ReadRow[], look: (row: ReadRow) => void): Promise<void> {
  for (let at = 0; at < rows.length; at += atOnce) {
    for (const row of rows.slice(at, at + atOnce)) look(row)
    await breathe()
  }
}

/** The customer's PBX and agreement, as far as these rows touch it. */
async function worldOf(
  ctx: Ctx,
  customer: CustomerId,
  rows: readonly ReadRow[],
  places: readonly PlacesView[],
): Promise<World> {
  const { timeZone, country } = await customers.find(ctx, customer)
  const home = country ?? defaultCountry
  const extensions = [...new Set(rows.map(({ cells }) => cells.extension))]
  const candidates = new Set<string>()
  await each(rows, ({ cells }) => {
    for (const candidate of candidatesOf(cells, home)) candidates.add(candidate)
  })

  const provided = await numbers.among(ctx, customer, [...candidates])
  const on = [...new Set(provided.values())].filter((account) => account !== null)
  const called = await pbx.calledOf(ctx, on as AccountId[])
  const lines = await pbx.linesAmong(ctx, customer, extensions)
  const groups = await pbx.huntGroupsOf(ctx, customer)
  return {
    country: home,
    zone: timeZone,
    products: new Map(
      places.map(({ product, name, role, accountKind }) => [
        plainName(name),
        { product, name, fits: role === 'main' && accountKind === 'extension' },
      ]),
    ),
    groups: new Map(groups.map((group) => [plainName(group.name), group])),
    lines: new Map(lines.map((line) => [line.extension, line])),
    reserved: await pbx.namesKept(ctx, customer, extensions),
    numbers: new Map(
      [...provided].map(([number, account]) => [
        number,
        account === null ? null : (called.get(account) ?? String(account)),
      ]),
    ),
    zeroDigits: await pbx.zeroDigits(ctx, customer),
  }
}

/**
 * What would become of a few rows that were mended, and of all with them, without another look at the
 * others; undefined where what these say, or said before, may be about others.
 */
export async function judgeMended(
  ctx: Ctx,
  { id, customer, report }: Readonly<{ id: string; customer: CustomerId; report: Report }>,
  before: readonly RowView[],
  rows: readonly ReadRow[],
): Promise<Judged | undefined> {
  const said = [...before, ...rows].map(({ cells }) => cells)
  const extensions = [...new Set(said.map((cells) => cells.extension))]
  // However they are written, the same numbers end in the same digits.
  const endings = said.flatMap(({ numbers: cell }) =>
    numbersIn(cell).map((text) => text.replace(/\D/g, '').slice(-sameDigits)),
  )
  if (extensions.some((extension) => extension.startsWith('0'))) return undefined
  const ns = rows.map(({ n }) => n)
  const [met] = await repo.others(ctx, id, ns, extensions.filter(Boolean), endings)
  if (met!.some) return undefined

  const places = await agreements.placesOf(ctx, customer)
  const world = await worldOf(ctx, customer, rows, places)
  const { seen, look } = seenIn()
  for (const row of rows) look(row, (number) => world.numbers.has(number), world.country)
  const mended = rows.map((row, i): Mended => {
    const { state, cells } = before[i]!
    const wasOf = world.products.get(plainName(cells.product))?.product
    return { was: state, wasOf, now: judge(row, world, seen) }
  })
  return resettle(report, places, await costsOf(ctx, customer, places), mended)
}

/** What one more extension of each product costs: the same as where one is added alone. */
const costsOf = (ctx: Ctx, customer: CustomerId, places: readonly PlacesView[]) =>
  pricesOf(
    ctx,
    customer,
    places.flatMap(({ role, accountKind, product }) =>
      role === 'main' && accountKind === 'extension' ? [product] : [],
    ),
  )

/** What would become of rows as things stand now: every fault of every row, room, price. */
export async function judgeAll(
  ctx: Ctx,
  customer: CustomerId,
  rows: readonly ReadRow[],
  ignored: readonly string[],
): Promise<Judged> {
  const places = await agreements.placesOf(ctx, customer)
  const world = await worldOf(ctx, customer, rows, places)
  const { seen, look } = seenIn()
  await each(rows, (row) => look(row, (number) => world.numbers.has(number), world.country))

  const verdicts: Verdict[] = []
  await each(rows, (row) => void verdicts.push(judge(row, world, seen)))
  return settle(verdicts, places, await costsOf(ctx, customer, places), ignored)
}
