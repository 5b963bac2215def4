import { and, asc, count, desc, eq, inArray, isNull, like, ne, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { numbers } from '#db/schema/numbers.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Assigned, Confirmed, Hold } from '#server/numbers/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const one = (ctx: Ctx, number: string) => and(eq(numbers.env, ctx.env), eq(numbers.number, number))

// The database's clock alone decides: nodes need not agree on the time, and nothing has to sweep.
const lapsed = sql<boolean>`coalesce(${numbers.holdUntil} <= now(), true)`
const free = and(isNull(numbers.customer), lapsed)

const inPool = (ctx: Ctx, pool: string) => and(eq(numbers.env, ctx.env), eq(numbers.pool, pool))
const inMinutes = (n: number) => sql`now() + make_interval(mins => ${n}::int)`

const choice = {
  number: numbers.number,
  city: numbers.city,
  region: numbers.region,
  pleasant: numbers.pleasant,
}

const hold = {
  number: numbers.number,
  city: numbers.city,
  holdId: sql<string>`${numbers.holdId}`,
  // As the column reads it: an expression alone would come as text.
  until: sql<Date>`${numbers.holdUntil}`.mapWith(numbers.holdUntil),
  extended: numbers.holdExtended,
  lapsed,
}

const noHold = {
  holdId: null,
  holdDraft: null,
  holdIp: null,
  holdUntil: null,
  holdExtended: false,
}

type Search = { pool: string; city?: string; like?: string; limit: number; offset: number }

/** Pleasant ones first; then by number, so that pages never overlap. */
export const findFree = (ctx: Ctx, search: Search) =>
  ctx.db
    .select(choice)
    .from(numbers)
    .where(
      and(
        inPool(ctx, search.pool),
        free,
        search.city ? eq(numbers.city, search.city) : undefined,
        search.like ? like(numbers.number, search.like) : undefined,
      ),
    )
    .orderBy(desc(numbers.pleasant), asc(numbers.number))
    .limit(search.limit)
    .offset(search.offset)

export const countByCity = (ctx: Ctx, pool: string) =>
  ctx.db
    .select({ city: numbers.city, region: numbers.region, free: count() })
    .from(numbers)
    .where(and(inPool(ctx, pool), free))
    .groupBy(numbers.city, numbers.region)
    .orderBy(asc(numbers.city))

export const countryOf = (ctx: Ctx, pool: string) =>
  ctx.db.select({ country: numbers.country }).from(numbers).where(inPool(ctx, pool)).limit(1)

/** The `n` free ones before a number, and the `n` after it. */
export const around = (ctx: Ctx, pool: string, number: string, n: number) => {
  const near = (side: ReturnType<typeof sql>, order: ReturnType<typeof asc>) =>
    ctx.db
      .select(choice)
      .from(numbers)
      .where(and(inPool(ctx, pool), free, side))
      .orderBy(order)
      .limit(n)
  return near(sql`${numbers.number} < ${number}`, desc(numbers.number)).unionAll(
    near(sql`${numbers.number} > ${number}`, asc(numbers.number)),
  )
}

/** One at a time for whatever `key` names, until commit: a count stays true while it is acted on. */
export const lockKey = (ctx: Ctx, key: string) =>
  ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.env}:${key}`}, 0))`)

/** Live holds of an address, those of one draft left out. */
export const countHolds = (ctx: Ctx, ip: string, exceptDraft: string) =>
  ctx.db
    .select({ n: count() })
    .from(numbers)
    .where(
      and(
        eq(numbers.env, ctx.env),
        sql`${numbers.holdDraft} is not null`,
        eq(numbers.holdIp, ip),
        ne(numbers.holdDraft, exceptDraft),
        sql`not ${lapsed}`,
      ),
    )

/** What a draft holds or held; nothing once somebody else took it. */
export const holdOf = (ctx: Ctx, draft: string) =>
  ctx.db
    .select(hold)
    .from(numbers)
    .where(and(eq(numbers.env, ctx.env), eq(numbers.holdDraft, draft)))

type NewHold = { number: string; pool: string; draft: string; ip: string; minutes: number }

/** Takes a number for a draft if it is free, by one conditional UPDATE: of many, one gets a row. */
export const takeHold = (ctx: Ctx, { number, pool, draft, ip, minutes }: NewHold) =>
  ctx.db
    .update(numbers)
    .set({
      holdId: sql`gen_random_uuid()`,
      holdDraft: draft,
      holdIp: ip,
      holdUntil: inMinutes(minutes),
      holdExtended: false,
    })
    .where(and(one(ctx, number), eq(numbers.pool, pool), free))
    .returning(hold)

/** Lets go of what a draft holds, one number excepted. */
export const releaseHolds = (ctx: Ctx, draft: string, except = '') =>
  ctx.db
    .update(numbers)
    .set(noHold)
    .where(and(eq(numbers.env, ctx.env), eq(numbers.holdDraft, draft), ne(numbers.number, except)))

/** Longer by as much again; once, and not when it has lapsed. */
export const extendHold = (ctx: Ctx, draft: string, minutes: number) =>
  ctx.db
    .update(numbers)
    .set({ holdUntil: inMinutes(minutes), holdExtended: true })
    .where(
      and(
        eq(numbers.env, ctx.env),
        eq(numbers.holdDraft, draft),
        eq(numbers.holdExtended, false),
        sql`not ${lapsed}`,
      ),
    )
    .returning(hold)

const prolong: HotStatement = {
  name: 'number_prolong',
  text: `
    update numbers set hold_until = greatest(hold_until, now() + make_interval(mins => $4))
     where i_env = $1 and number = $2 and hold_draft = $3
    returning number, city, hold_id as "holdId", hold_until as until, hold_extended as extended, false as lapsed`,
}

/** Makes sure a hold that is still a draft's own lasts so long from now. */
export const prolongHold = (ctx: Ctx, draft: string, number: string, minutes: number) =>
  hot<Hold>(ctx.db, prolong, [ctx.env, number, draft, minutes])

const confirmOne: HotStatement = {
  name: 'number_confirm',
  text: `
    update numbers
       set i_customer = $4, i_account = $5, hold_id = null, hold_draft = null, hold_ip = null,
           hold_until = null, hold_extended = false
     where i_env = $1 and number = $2 and hold_id = $3 and i_customer is null
    returning number`,
}

/** Gives the held number to a customer. The hold's id is the fence: who took it since has another. */
export const confirm = (ctx: Ctx, { number, holdId, customer, account }: Confirmed) =>
  hot<{ number: string }>(ctx.db, confirmOne, [ctx.env, number, holdId, customer, account])

/** Gives free numbers to a customer. */
export const provide = (ctx: Ctx, list: string[], customer: CustomerId) =>
  ctx.db
    .update(numbers)
    .set({ customer, ...noHold })
    .where(and(eq(numbers.env, ctx.env), inArray(numbers.number, list), free))
    .returning({ number: numbers.number })

const assignAll: HotStatement = {
  name: 'numbers_assign',
  text: `
    update numbers set i_account = $4
     where i_env = $1 and number = any($2::text[]) and i_customer = $3 and i_account is null
    returning number`,
}

/** Puts a customer's own unused numbers on one of its accounts. */
export const assign = (
  ctx: Ctx,
  list: readonly string[],
  customer: CustomerId,
  account: AccountId,
) => hot<{ number: string }>(ctx.db, assignAll, [ctx.env, list, customer, account])

const unassignAll: HotStatement = {
  name: 'numbers_unassign',
  text: `
    with had as (
      select id, i_account from numbers
       where i_env = $1 and i_account = any($2::int[])
         and ($3::text[] is null or number = any($3))
       order by id for update)
    update numbers n set i_account = null from had
     where n.i_env = $1 and n.id = had.id
    returning n.number, n.i_customer as customer, had.i_account as account`,
}

/** Takes numbers off accounts: some, or all they have. They stay their customer's. */
export const unassign = (
  ctx: Ctx,
  accounts: readonly AccountId[],
  only: readonly string[] | null,
) =>
  hot<{ number: string; customer: CustomerId; account: AccountId }>(ctx.db, unassignAll, [
    ctx.env,
    accounts,
    only,
  ])

const assignPairs: HotStatement = {
  name: 'numbers_assign_many',
  text: `
    update numbers n set i_account = p.account
      from (select * from jsonb_to_recordset($3::jsonb) as p(number text, account int)
             order by number) p
     where n.i_env = $1 and n.i_customer = $2 and n.number = p.number and n.i_account is null
    returning n.number`,
}

/** Puts each of a customer's own unused numbers on the account it is paired with. */
export const assignMany = (ctx: Ctx, customer: CustomerId, pairs: readonly Assigned[]) =>
  hot<{ number: string }>(ctx.db, assignPairs, [ctx.env, customer, JSON.stringify(pairs)])

/** Those of a list that are provided to a customer, and the accounts they are on. */
export const among = (ctx: Ctx, customer: CustomerId, list: readonly string[]) =>
  ctx.db
    .select({ number: numbers.number, account: numbers.account })
    .from(numbers)
    .where(
      and(
        eq(numbers.env, ctx.env),
        eq(numbers.customer, customer),
        // One value, however many numbers: each length of a list would be another statement.
        sql`${numbers.number} = any(${sql.param(list)}::text[])`,
      ),
    )

export const ofCustomer = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({
      number: numbers.number,
      city: numbers.city,
      region: numbers.region,
      account: numbers.account,
    })
    .from(numbers)
    .where(and(eq(numbers.env, ctx.env), eq(numbers.customer, customer)))
    .orderBy(asc(numbers.number))
