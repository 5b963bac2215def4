import { demand } from '#server/auth/rights.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import { numbersMoved, numbersNotYours } from '#server/numbers/errors.ts'
import * as repo from '#server/numbers/repo.places.ts'
import {
  type NumberCounts,
  type NumberList,
  type PlacesQuery,
  placesPerPage,
} from '#server/numbers/schema.places.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Which account a number is on; null is none. */
export type Holders = ReadonlyMap<string, AccountId | null>

/** The numbers provided to me, a page of them, and whom each one reaches. */
export async function list(ctx: Ctx, query: PlacesQuery): Promise<NumberList> {
  demand(ctx.actor, 'numbers:read')
  const customer = ctx.actor.customer as CustomerId
  const [rows, counts, [found]] = await Promise.all([
    repo.page(ctx, customer, query, placesPerPage),
    countsOf(ctx, customer),
    query.search !== '' || query.only !== 'all' ? repo.countFound(ctx, customer, query) : [],
  ])
  return {
    rows: rows.map(({ number, city, region, account, accountId, kind, name, status, ...of }) => ({
      number,
      city,
      region,
      reaches:
        account === null
          ? null
          : { account, accountId: accountId!, kind: kind!, name: name!, status: status!, ...of },
    })),
    found: found?.n ?? counts.all,
    ...counts,
  }
}

/** How many numbers I have, and how many of them reach nobody. */
export async function counts(ctx: Ctx): Promise<NumberCounts> {
  demand(ctx.actor, 'numbers:read')
  return countsOf(ctx, ctx.actor.customer as CustomerId)
}

const countsOf = async (ctx: Ctx, customer: CustomerId) => (await repo.counts(ctx, customer))[0]!

/**
 * Which accounts a customer's numbers are on: known before the accounts are locked, for the numbers
 * themselves come after them (`lockHolders`).
 *
 * @throws conflict `numbers.not_available`
 */
export async function holders(
  ctx: Ctx,
  customer: CustomerId,
  numbers: readonly string[],
): Promise<Holders> {
  const rows = await repo.holders(ctx, customer, numbers, false)
  const known = new Map(rows.map((row) => [row.number, row.account]))
  const missing = numbers.filter((number) => !known.has(number))
  if (missing.length > 0) throw numbersNotYours(missing)
  return known
}

/** Locks numbers until commit, as they were seen. @throws conflict `numbers.moved` */
export async function lockHolders(ctx: Ctx, customer: CustomerId, seen: Holders): Promise<void> {
  const rows = await repo.holders(ctx, customer, [...seen.keys()], true)
  const still = new Map(rows.map((row) => [row.number, row.account]))
  const moved = [...seen].flatMap(([number, account]) =>
    still.get(number) === account ? [] : [number],
  )
  if (moved.length > 0) throw numbersMoved(moved)
}
