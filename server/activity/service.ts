import * as repo from '#server/activity/repo.ts'
import {
  type ActivityOfCustomer,
  type ActivityPage,
  type ActivityPerson,
  type ActivityQuery,
  type ActivityRow,
  activityPerPage,
  type CustomerRef,
  kinds,
} from '#server/activity/schema.ts'
import { columnsOf, headings } from '#server/activity/table.ts'
import { demand } from '#server/auth/rights.ts'
import * as users from '#server/auth/service.people.ts'
import * as customers from '#server/customers/service.ts'
import { addDays, civilDate, startOfDay } from '#server/kernel/civil.ts'
import { csvLines, csvMark } from '#server/kernel/csv.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Locale } from '#server/kernel/locale.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** Rows of a piece of a file. */
const atOnce = 1_000

/** What was done, and tried, for my company, newest first, a page of it. */
export async function mine(ctx: Ctx, query: ActivityQuery): Promise<ActivityPage> {
  demand(ctx.actor, 'activity:read')
  return page(ctx, ctx.actor.customer as CustomerId, query, activityPerPage)
}

/**
 * The same of a customer that an administrator looks after.
 *
 * @throws not_found `customers.not_found`
 */
export async function ofCustomer(
  ctx: Ctx,
  { customer, ...query }: ActivityOfCustomer,
): Promise<ActivityPage> {
  demand(ctx.actor, 'activity:read_any')
  const { id } = await customers.inCharge(ctx, customer as CustomerId)
  return page(ctx, id as CustomerId, query, activityPerPage)
}

/** People of a customer that an administrator looks after, to look for what each of them did. */
export async function people(ctx: Ctx, { customer }: CustomerRef): Promise<ActivityPerson[]> {
  demand(ctx.actor, 'activity:read_any')
  const { id } = await customers.inCharge(ctx, customer as CustomerId)
  const rows = await users.peopleOf(ctx, id as CustomerId)
  return rows.map(({ user, name }) => ({ user, name }))
}

/**
 * Whose activity somebody may have as a file: their own company's, or that of a customer they look
 * after.
 *
 * @throws forbidden `auth.not_allowed`, not_found `customers.not_found`
 */
export async function whoseFile(edge: Edge, asked: number | undefined): Promise<CustomerId> {
  if (asked === undefined) {
    demand(edge.actor, 'activity:read')
    return edge.actor.customer as CustomerId
  }
  demand(edge.actor, 'activity:read_any')
  const { id } = await unitOfWork(edge, (ctx) => customers.inCharge(ctx, asked as CustomerId))
  return id as CustomerId
}

/**
 * All of it that the same filter lets through as a CSV file, piece by piece; a transaction each.
 *
 * @param customer as `whoseFile` says
 */
export async function* exported(
  edge: Edge,
  customer: CustomerId,
  query: ActivityQuery,
  locale: Locale,
): AsyncGenerator<string> {
  yield csvMark + csvLines([headings[locale]])
  for (let cursor = query.cursor; ; ) {
    const { rows, next, timeZone } = await unitOfWork(edge, (ctx) =>
      page(ctx, customer, { ...query, cursor }, atOnce),
    )
    if (rows.length > 0) yield csvLines(rows.map((row) => columnsOf(row, timeZone)))
    if (!next) return
    cursor = next
  }
}

async function page(
  ctx: Ctx,
  customer: CustomerId,
  query: ActivityQuery,
  limit: number,
): Promise<ActivityPage> {
  const timeZone = await customers.timeZoneOf(ctx, customer)
  // One more than is shown tells whether there is more.
  const found = await repo.page(ctx, { ...wanted(query, timeZone), customer, limit: limit + 1 })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return {
    rows: rows.map((row): ActivityRow => ({ ...row, at: row.at.toISOString() })),
    next: found.length > limit && last ? `${last.at.getTime()}-${last.id}` : null,
    timeZone,
  }
}

function wanted(
  { kind, who, search, about, from, to, outcome, cursor }: ActivityQuery,
  timeZone: string,
): Omit<repo.Wanted, 'customer' | 'limit'> {
  const [at, id] = (cursor ?? '').split('-').map(Number)
  return {
    domains: kind === 'all' ? undefined : kinds[kind],
    person: typeof who === 'number' ? who : undefined,
    realms: typeof who === 'number' || who === 'anybody' ? undefined : realmsOf[who],
    like: search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : undefined,
    about: about ?? undefined,
    from: from ? startOfDay(timeZone, civilDate(from)) : undefined,
    until: to ? startOfDay(timeZone, addDays(civilDate(to), 1)) : undefined,
    outcome: outcome === 'all' ? undefined : outcome,
    older: cursor && at !== undefined && id !== undefined ? { at: new Date(at), id } : undefined,
  }
}

const realmsOf = {
  provider: ['admin', 'reseller'],
  lines: ['account'],
  system: ['system', 'signup', 'anonymous'],
} as const
