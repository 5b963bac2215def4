import * as audit from '#server/audit/service.ts'
import { publish } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import {
  holdLost,
  numbersNotFree,
  numbersNotYours,
  numbersTwice,
  numberTaken,
  tooManyHolds,
} from '#server/numbers/errors.ts'
import { numberAssigned, numberProvided, numberUnassigned } from '#server/numbers/events.ts'
import { likeOf } from '#server/numbers/pattern.ts'
import * as repo from '#server/numbers/repo.ts'
import {
  type Assigned,
  type CityCount,
  type Confirmed,
  type FreeNumber,
  type Hold,
  holdMinutes,
  maxHoldsPerIp,
  type NumberQuery,
  numbersPerPage,
  type ProvidedNumber,
  type WantedNumber,
} from '#server/numbers/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Free numbers, a page of them: pleasant ones first. A hold that has lapsed counts as free. */
export async function findFree(
  ctx: Ctx,
  { pool, city, pattern, page }: NumberQuery,
): Promise<{ numbers: FreeNumber[]; more: boolean }> {
  const [sample] = pattern ? await repo.countryOf(ctx, pool) : []
  const found = await repo.findFree(ctx, {
    pool,
    city,
    like: pattern && likeOf(pattern, sample?.country ?? ''),
    limit: numbersPerPage + 1,
    offset: page * numbersPerPage,
  })
  return { numbers: found.slice(0, numbersPerPage), more: found.length > numbersPerPage }
}

export const cities = (ctx: Ctx, pool: string): Promise<CityCount[]> => repo.countByCity(ctx, pool)

/** Free numbers near one that is lost, the nearest first. */
export async function nearest(
  ctx: Ctx,
  { number, pool, n }: { number: string; pool: string; n: number },
): Promise<FreeNumber[]> {
  const apart = (other: FreeNumber) => Math.abs(Number(other.number) - Number(number))
  const found = await repo.around(ctx, pool, number, n)
  return found.sort((a, b) => apart(a) - apart(b)).slice(0, n)
}

/**
 * Keeps a number for a draft, and lets go of the one it kept before: a draft has one. Asking again
 * for the same one doesn't make it last longer.
 *
 * @throws conflict `numbers.taken`, too_many `numbers.too_many_holds`
 */
export async function hold(ctx: Ctx, wanted: WantedNumber): Promise<Hold> {
  const { number, draft, ip, maxPerIp = maxHoldsPerIp } = wanted
  await repo.lockKey(ctx, `hold:draft:${draft}`)
  await repo.lockKey(ctx, `hold:ip:${ip}`)

  const own = await heldBy(ctx, draft)
  if (own?.number === number && !own.lapsed) return own

  const [live] = await repo.countHolds(ctx, ip, draft)
  if (live!.n >= maxPerIp) throw tooManyHolds(maxPerIp)

  const [taken] = await repo.takeHold(ctx, { ...wanted, minutes: holdMinutes })
  if (!taken) throw numberTaken(number)
  await repo.releaseHolds(ctx, draft, number)
  return taken
}

/** What a draft keeps, lapsed or not; undefined once somebody else has it. */
export async function heldBy(ctx: Ctx, draft: string): Promise<Hold | undefined> {
  const [row] = await repo.holdOf(ctx, draft)
  return row
}

/** Once more as long, once; a hold that has lapsed, or was extended, stays as it is. */
export async function extendHold(ctx: Ctx, draft: string): Promise<void> {
  await repo.extendHold(ctx, draft, holdMinutes)
}

/**
 * Makes sure of a number for a whole checkout: a live hold lasts long enough, a lapsed one is taken
 * again if it is still free.
 *
 * @throws conflict `numbers.taken`
 */
export async function retake(ctx: Ctx, wanted: WantedNumber): Promise<Hold> {
  const { number, draft } = wanted
  // Its row's lock is enough: who lets go of it for another number comes before us, or after.
  const [own] = await repo.prolongHold(ctx, draft, number, holdMinutes)
  if (own) return own

  await repo.lockKey(ctx, `hold:draft:${draft}`)
  const [taken] = await repo.takeHold(ctx, { ...wanted, minutes: holdMinutes })
  if (!taken) throw numberTaken(number)
  await repo.releaseHolds(ctx, draft, number)
  return taken
}

export const release = (ctx: Ctx, draft: string) => repo.releaseHolds(ctx, draft)

/**
 * Gives the number of a hold to a customer, and puts it on its account. Whoever has taken it since has
 * another hold.
 *
 * @throws conflict `numbers.hold_lost`
 */
export async function confirm(ctx: Ctx, wanted: Confirmed): Promise<void> {
  const { number, customer, account } = wanted
  const [confirmed] = await repo.confirm(ctx, wanted)
  if (!confirmed) throw holdLost(number)
  await publish(
    ctx,
    numberProvided(customer, number),
    numberAssigned(customer, number, { account }),
  )
}

/**
 * Gives free numbers to a customer, all or none.
 *
 * @throws conflict `numbers.not_free`, invalid `numbers.given_twice`
 */
export async function provide(
  ctx: Ctx,
  { numbers, customer }: { numbers: string[]; customer: CustomerId },
): Promise<void> {
  demandOnce(numbers)
  const given = await repo.provide(ctx, numbers, customer)
  const missing = without(numbers, given)
  if (missing.length > 0) throw numbersNotFree(missing)

  await publish(ctx, ...numbers.map((number) => numberProvided(customer, number)))
  await audit.done(ctx, {
    action: 'numbers.provide',
    entity: 'customer',
    entityId: String(customer),
    customer,
    after: { numbers },
  })
}

/**
 * Puts numbers on an account: only those provided to its customer that no account has, all or none.
 *
 * @throws conflict `numbers.not_available`, invalid `numbers.given_twice`
 */
export async function assign(
  ctx: Ctx,
  {
    customer,
    numbers,
    account,
  }: { customer: CustomerId; numbers: readonly string[]; account: AccountId },
): Promise<void> {
  if (numbers.length === 0) return
  demandOnce(numbers)
  const given = await repo.assign(ctx, numbers, customer, account)
  const missing = without(numbers, given)
  if (missing.length > 0) throw numbersNotYours(missing)
  await publish(ctx, ...numbers.map((number) => numberAssigned(customer, number, { account })))
}

/**
 * The same for many accounts at once: each number on the account it is paired with, all or none.
 *
 * @throws conflict `numbers.not_available`, invalid `numbers.given_twice`
 */
export async function assignMany(
  ctx: Ctx,
  customer: CustomerId,
  pairs: readonly Assigned[],
): Promise<void> {
  if (pairs.length === 0) return
  const wanted = pairs.map(({ number }) => number)
  demandOnce(wanted)
  const missing = without(wanted, await repo.assignMany(ctx, customer, pairs))
  if (missing.length > 0) throw numbersNotYours(missing)
  await publish(
    ctx,
    ...pairs.map(({ number, account }) => numberAssigned(customer, number, { account })),
  )
}

/** Those of a list that are provided to a customer, and the account each is on, if any. */
export async function among(
  ctx: Ctx,
  customer: CustomerId,
  list: readonly string[],
): Promise<Map<string, number | null>> {
  if (list.length === 0) return new Map()
  const rows = await repo.among(ctx, customer, list)
  return new Map(rows.map(({ number, account }) => [number, account]))
}

/**
 * Returns numbers of accounts to their customer's own pool: some, or all they have.
 *
 * @returns which number each account had
 */
export async function unassign(
  ctx: Ctx,
  { accounts, only }: { accounts: readonly AccountId[]; only?: readonly string[] },
): Promise<{ number: string; account: AccountId }[]> {
  const returned = await repo.unassign(ctx, accounts, only ?? null)
  await publish(
    ctx,
    ...returned.map(({ customer, number, account }) =>
      numberUnassigned(customer, number, { account }),
    ),
  )
  return returned
}

function demandOnce(numbers: readonly string[]): void {
  const seen = new Set<string>()
  const twice = new Set(numbers.filter((number) => seen.size === seen.add(number).size))
  if (twice.size > 0) throw numbersTwice([...twice])
}

const without = (wanted: readonly string[], got: readonly { number: string }[]): string[] => {
  const had = new Set(got.map(({ number }) => number))
  return wanted.filter((number) => !had.has(number))
}

export const ofCustomer = (ctx: Ctx, customer: CustomerId): Promise<ProvidedNumber[]> =>
  repo.ofCustomer(ctx, customer)
