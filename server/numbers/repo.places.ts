import { and, asc, count, desc, eq, ilike, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import { numbers } from '#db/schema/numbers.ts'
import { numberPlaces as places } from '#db/schema/numbers-places.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { PlacesQuery, ReachedAccount } from '#server/numbers/schema.places.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Filter = Pick<PlacesQuery, 'search' | 'only'>
type Row = { number: string; city: string; region: string } & {
  [Key in keyof ReachedAccount]: ReachedAccount[Key] | null
}

const row = {
  number: places.number,
  city: places.city,
  region: places.region,
  account: places.account,
  accountId: places.accountId,
  kind: places.kind,
  name: places.name,
  extension: places.extension,
  status: places.status,
  blockedBy: places.blockedBy,
}

/** Those that reach nobody come after those that do, whichever way it is sorted. */
const nobodyLast = sql`${places.account} is null`
const orders: Record<PlacesQuery['sort'], { first: SQL[]; by: (SQL | typeof places.number)[] }> = {
  number: { first: [], by: [places.number] },
  city: { first: [], by: [sql`lower(${places.city})`, sql`${places.region}`] },
  reaches: {
    first: [nobodyLast],
    by: [
      sql`${places.kind}`,
      sql`length(${places.extension})`,
      sql`${places.extension}`,
      sql`lower(${places.name})`,
    ],
  },
}

const contains = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Digits however they are written, a city, an extension, or the name or id of an account. */
function found({ search, only }: Filter): SQL | undefined {
  const text = contains(search)
  const digits = search.replace(/[\s().+-]/g, '')
  return and(
    only === 'free' ? isNull(places.account) : only === 'all' ? undefined : eq(places.kind, only),
    search === ''
      ? undefined
      : or(
          /^\d+$/.test(digits) ? like(places.number, contains(digits)) : undefined,
          ilike(places.city, text),
          eq(places.extension, search),
          ilike(places.name, text),
          ilike(places.accountId, text),
        ),
  )
}

const mine = (ctx: Ctx, customer: CustomerId) =>
  and(eq(places.env, ctx.env), eq(places.customer, customer))

export function page(
  ctx: Ctx,
  customer: CustomerId,
  { sort, descending, page: n, ...filter }: PlacesQuery,
  perPage: number,
): Promise<Row[]> {
  const { first, by } = orders[sort]
  const turned = by.map((column) => (descending ? desc(column) : asc(column)))
  return (
    ctx.db
      .select(row)
      .from(places)
      .where(and(mine(ctx, customer), found(filter)))
      // The number last, so that pages never overlap.
      .orderBy(...first, ...turned, asc(places.number))
      .limit(perPage)
      .offset(n * perPage)
  )
}

export const countFound = (ctx: Ctx, customer: CustomerId, filter: Filter) =>
  ctx.db
    .select({ n: count() })
    .from(places)
    .where(and(mine(ctx, customer), found(filter)))

export const counts = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({ all: count(), free: sql<number>`count(*) filter (where i_account is null)::int` })
    .from(numbers)
    .where(and(eq(numbers.env, ctx.env), eq(numbers.customer, customer)))

/** Which account each of a customer's numbers is on; locked until commit where it is asked for. */
export function holders(ctx: Ctx, customer: CustomerId, list: readonly string[], lock: boolean) {
  const asked = ctx.db
    .select({ number: numbers.number, account: sql<AccountId | null>`${numbers.account}` })
    .from(numbers)
    .where(
      and(
        eq(numbers.env, ctx.env),
        eq(numbers.customer, customer),
        sql`${numbers.number} = any(${sql.param(list)}::text[])`,
      ),
    )
    .orderBy(asc(numbers.id))
  return lock ? asked.for('update') : asked
}
