import {
  and,
  asc,
  count,
  desc,
  eq,
  ilike,
  inArray,
  like,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { extensions } from '#db/schema/pbx.ts'
import {
  extensionLineAddons as addons,
  extensionLines as lines,
  extensionLineNumbers as numbers,
} from '#db/schema/pbx-lines.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import { type ExtensionFilter, type ExtensionQuery, extensionsPerPage } from '#server/pbx/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const row = {
  account: lines.account,
  accountId: lines.accountId,
  extension: lines.extension,
  name: lines.name,
  email: lines.email,
  timeZone: lines.timeZone,
  product: lines.productName,
  productId: lines.product,
  published: lines.published,
  status: lines.status,
  blockedBy: lines.blockedBy,
  createdAt: lines.createdAt,
  // Asked for the rows of the page alone, after they were sorted and cut. Written out: drizzle names
  // columns of a single table without it, and within the brackets that is another column.
  numbers: sql<string[]>`array(
    select n.number from ${numbers} n
     where n.i_env = extension_lines.i_env and n.i_account = extension_lines.i_account order by n.number)`,
  addons: sql<{ product: number; name: string }[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('product', o.i_product, 'name', o.product) order by o.i_product), '[]')
      from ${addons} o where o.i_env = extension_lines.i_env and o.i_account = extension_lines.i_account)`,
}

/** People count: 99 before 100. */
const byNumber = [sql`length(${lines.extension})`, lines.extension]
const orders: Record<ExtensionQuery['sort'], readonly (SQL | typeof lines.extension)[]> = {
  extension: byNumber,
  // Those without a name come after those with one.
  name: [sql`${lines.name} = ''`, sql`lower(${lines.name})`],
  product: [sql`lower(${lines.productName}::text)`],
  status: [sql`${lines.status}`],
  added: [sql`${lines.createdAt}`],
}

const escaped = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const ofCustomer = (ctx: Ctx, customer: CustomerId) =>
  and(eq(lines.env, ctx.env), eq(lines.customer, customer))

function matches(ctx: Ctx, customer: CustomerId, search: string): SQL | undefined {
  if (search === '') return undefined
  const text = escaped(search)
  const digits = search.replace(/[\s().+-]/g, '')
  return or(
    like(lines.extension, text),
    ilike(lines.name, text),
    ilike(lines.accountId, text),
    ilike(lines.email, text),
    /^\d+$/.test(digits)
      ? inArray(
          lines.account,
          ctx.db
            .select({ account: numbers.account })
            .from(numbers)
            .where(
              and(
                eq(numbers.env, ctx.env),
                eq(numbers.customer, customer),
                like(numbers.number, `%${digits}%`),
              ),
            ),
        )
      : undefined,
  )
}

function lets(ctx: Ctx, customer: CustomerId, filter: ExtensionFilter): SQL | undefined {
  const reached = ctx.db
    .select({ account: numbers.account })
    .from(numbers)
    .where(and(eq(numbers.env, ctx.env), eq(numbers.customer, customer)))
  const having = (product: number) =>
    ctx.db
      .select({ account: addons.account })
      .from(addons)
      .where(
        and(eq(addons.env, ctx.env), eq(addons.customer, customer), eq(addons.product, product)),
      )
  return and(
    ofCustomer(ctx, customer),
    matches(ctx, customer, filter.search),
    filter.status && eq(lines.status, filter.status),
    filter.product === undefined ? undefined : eq(lines.product, filter.product),
    filter.addon === undefined ? undefined : inArray(lines.account, having(filter.addon)),
    filter.number === 'with' ? inArray(lines.account, reached) : undefined,
    filter.number === 'without' ? notInArray(lines.account, reached) : undefined,
    filter.published === undefined ? undefined : eq(lines.published, filter.published),
  )
}

/** A page of extensions, in order. */
export const page = (ctx: Ctx, customer: CustomerId, query: ExtensionQuery) => {
  const turn = query.direction === 'ascending' ? asc : desc
  const first = ctx.db
    .select(row)
    .from(lines)
    .where(lets(ctx, customer, query))
    .orderBy(...orders[query.sort].map((by) => turn(by)), ...byNumber.map((by) => asc(by)))
    // Said in the text: planned once for all pages it would be planned for a tenth of the table.
    .limit(sql.raw(String(extensionsPerPage)) as unknown as number)
  return query.page === 0 ? first : first.offset(query.page * extensionsPerPage)
}

/** How many there are in all; without their accounts, which nobody has to look at for that. */
export const countAll = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({ n: count() })
    .from(extensions)
    .where(
      and(
        eq(extensions.env, ctx.env),
        eq(extensions.customer, customer),
        // As the index says it.
        sql`${extensions.live}`,
      ),
    )

export const countFound = (ctx: Ctx, customer: CustomerId, filter: ExtensionFilter) =>
  ctx.db
    .select({ n: count() })
    .from(lines)
    .where(lets(ctx, customer, filter))

export const findOne = (ctx: Ctx, customer: CustomerId, extension: string) =>
  ctx.db
    .select(row)
    .from(lines)
    .where(and(ofCustomer(ctx, customer), eq(lines.extension, extension)))

/** What decides what may be done with each that a filter lets through. */
export const states = (ctx: Ctx, customer: CustomerId, filter: ExtensionFilter, limit: number) =>
  ctx.db
    .select({
      account: lines.account,
      accountId: lines.accountId,
      status: lines.status,
      blockedBy: lines.blockedBy,
    })
    .from(lines)
    .where(lets(ctx, customer, filter))
    .orderBy(...byNumber)
    .limit(limit)

export const findMany = (ctx: Ctx, customer: CustomerId, accounts: readonly AccountId[]) =>
  ctx.db
    .select(row)
    .from(lines)
    .where(
      and(ofCustomer(ctx, customer), sql`${lines.account} = any(${sql.param(accounts)}::int[])`),
    )
    .orderBy(...byNumber)
