import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { type Days, parseDays, writeDays } from '#db/columns.ts'
import { type HotStatement, hot } from '#db/prepared.ts'
import { accountBlockLines, accountBlocks } from '#db/schema/accounts-blocks.ts'
import type { BlockState, Placer } from '#server/accounts/schema.blocks.ts'
import type { AccountStatus } from '#server/accounts/schema.ts'
import type { CivilDate, Cycle, Period } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import { money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** What of an account its blocks need to know. */
export type LineRow = {
  account: AccountId
  customer: CustomerId
  accountId: string
  name: string
  status: AccountStatus
  blockedBy: Placer | null
}

type StretchRow = {
  id: number
  account: AccountId
  by: Placer
  reason: string
  startsAt: Date
  endsAt: Date | null
  plannedUntil: Date | null
  freeFrom: CivilDate
  zone: string
  state: BlockState
}

const line = `a.id as account, a.i_customer as customer, a.account_id as "accountId", a.name, a.status,
              a.blocked_by as "blockedBy"`

const lock: HotStatement = {
  name: 'blocks_lock_lines',
  text: `
    select ${line} from accounts a
     where a.i_env = $1 and a.i_customer = $2 and a.id = any($3::int[])
     order by a.id for no key update`,
}

/** Accounts of a customer, locked in one order: whoever changes blocks of an account has its row. */
export const lockLines = (ctx: Ctx, customer: CustomerId, accounts: readonly number[]) =>
  hot<LineRow>(ctx.db, lock, [ctx.env, customer, accounts])

const look: HotStatement = {
  name: 'blocks_lines',
  text: lock.text.replace(' for no key update', ''),
}

export const lines = (ctx: Ctx, customer: CustomerId, accounts: readonly number[]) =>
  hot<LineRow>(ctx.db, look, [ctx.env, customer, accounts])

const due: HotStatement = {
  name: 'blocks_lock_due',
  text: `
    select ${line} from accounts a
     where a.i_env = $1 and a.id > $3 and a.id in (
             select b.i_account from account_blocks b
              where b.i_env = $1 and b.state = 'running' and b.ends_at <= $2
             union all
             -- A plan under a block of the provider waits; it is over when its last day is.
             select b.i_account from account_blocks b
              where b.i_env = $1 and b.state = 'planned' and b.starts_at <= $2
                and (a.status in ('active', 'terminated') or b.placed_by = 'admin' or b.ends_at <= $2))
     order by a.id limit $4 for no key update skip locked`,
}

/**
 * Accounts after one, in order of their ids, of which a block is due to begin or to end; those
 * another worker is at are left to it.
 */
export const lockDue = (ctx: Ctx, after: number, limit: number) =>
  hot<LineRow>(ctx.db, due, [ctx.env, ctx.now, after, limit])

const stretches: HotStatement = {
  name: 'blocks_stretches',
  text: `
    select b.* from unnest($2::int[]) a (id) cross join lateral (
      (select id, i_account as account, placed_by as by, reason, starts_at as "startsAt",
              ends_at as "endsAt", planned_until as "plannedUntil", free_from::text as "freeFrom",
              time_zone as zone, state
         from account_blocks
        where i_env = $1 and i_account = a.id and state in ('planned', 'running'))
      union all
      (select id, i_account, placed_by, reason, starts_at, ends_at, planned_until, free_from::text,
              time_zone, state
         from account_blocks
        where i_env = $1 and i_account = a.id and state = 'over'
        order by starts_at desc, id desc limit 1)) b
     order by b.id`,
}

/** What is planned and in force for accounts, and the last that is over. */
export const stretchesOf = (ctx: Ctx, accounts: readonly number[]) =>
  hot<StretchRow>(ctx.db, stretches, [ctx.env, accounts])

export type StretchWrite = Omit<StretchRow, 'id'> &
  Readonly<{ id?: number; customer: CustomerId; days: Days }>

const asJson = (rows: readonly (StretchWrite & { was?: BlockState })[]) =>
  JSON.stringify(
    rows.map((row, n) => ({
      n,
      id: row.id,
      account: row.account,
      customer: row.customer,
      placed_by: row.by,
      reason: row.reason,
      starts_at: row.startsAt,
      ends_at: row.endsAt,
      planned_until: row.plannedUntil,
      free_from: row.freeFrom,
      days: writeDays(row.days),
      time_zone: row.zone,
      state: row.state,
      was: row.was,
    })),
  )

const insertAll: HotStatement = {
  name: 'blocks_insert',
  text: `
    insert into account_blocks
      (i_env, i_account, i_customer, placed_by, reason, starts_at, ends_at, planned_until, free_from,
       days, time_zone, state, created_at)
    select $1, b.account, b.customer, b.placed_by, b.reason, b.starts_at, b.ends_at, b.planned_until,
           b.free_from, b.days, b.time_zone, b.state, $3
      from jsonb_to_recordset($2::jsonb)
        as b(n int, account int, customer int, placed_by text, reason text, starts_at timestamptz,
             ends_at timestamptz, planned_until timestamptz, free_from date, days daterange,
             time_zone text, state text)
     order by b.n
    returning id`,
}

/** New stretches; ids in the order given. */
export const insert = (ctx: Ctx, rows: readonly StretchWrite[]) =>
  hot<{ id: number }>(ctx.db, insertAll, [ctx.env, asJson(rows), ctx.now])

const updateAll: HotStatement = {
  name: 'blocks_update',
  text: `
    update account_blocks b
       set reason = x.reason, starts_at = x.starts_at, ends_at = x.ends_at,
           planned_until = x.planned_until, free_from = x.free_from, days = x.days, state = x.state
      from jsonb_to_recordset($2::jsonb)
        as x(id int, reason text, starts_at timestamptz, ends_at timestamptz,
             planned_until timestamptz, free_from date, days daterange, state text, was text)
     where b.i_env = $1 and b.id = x.id and b.state = x.was
    returning b.id`,
}

/** Changes stretches that are still in the state they `was`; answers those that were. */
export const update = (
  ctx: Ctx,
  rows: readonly (StretchWrite & { id: number; was: BlockState })[],
) => hot<{ id: number }>(ctx.db, updateAll, [ctx.env, asJson(rows)])

const status: HotStatement = {
  name: 'blocks_status',
  text: `
    update accounts set status = $3, blocked_by = $4
     where i_env = $1 and id = any($2::int[]) and status in ('active', 'blocked')
    returning id`,
}

export const setStatus = (
  ctx: Ctx,
  accounts: readonly number[],
  to: Readonly<{ status: AccountStatus; blockedBy: Placer | null }>,
) => hot<{ id: number }>(ctx.db, status, [ctx.env, accounts, to.status, to.blockedBy])

/** Stretches of a customer by their ids, whatever became of them. */
export const byIds = (ctx: Ctx, customer: CustomerId, ids: number[]) =>
  ctx.db
    .select({
      id: accountBlocks.id,
      account: accountBlocks.account,
      by: accountBlocks.placedBy,
      reason: accountBlocks.reason,
      startsAt: accountBlocks.startsAt,
      plannedUntil: accountBlocks.plannedUntil,
      state: accountBlocks.state,
    })
    .from(accountBlocks)
    .where(
      and(
        eq(accountBlocks.env, ctx.env),
        eq(accountBlocks.customer, customer),
        inArray(accountBlocks.id, ids),
      ),
    )

const row = {
  block: accountBlockLines.id,
  account: accountBlockLines.account,
  accountId: accountBlockLines.accountId,
  extension: accountBlockLines.extension,
  name: accountBlockLines.name,
  placedBy: accountBlockLines.placedBy,
  reason: accountBlockLines.reason,
  startsAt: accountBlockLines.startsAt,
  endsAt: accountBlockLines.endsAt,
  plannedUntil: accountBlockLines.plannedUntil,
  days: accountBlockLines.days,
  state: accountBlockLines.state,
  status: accountBlockLines.status,
  blockedBy: accountBlockLines.blockedBy,
}

/** The history of one line, newest first. */
export const historyOf = (ctx: Ctx, customer: CustomerId, account: AccountId, limit: number) =>
  ctx.db
    .select(row)
    .from(accountBlockLines)
    .where(
      and(
        eq(accountBlockLines.env, ctx.env),
        eq(accountBlockLines.customer, customer),
        eq(accountBlockLines.account, account),
      ),
    )
    .orderBy(desc(accountBlockLines.startsAt), desc(accountBlockLines.id))
    .limit(limit)

/** Whatever of a customer is blocked at some time between two instants. */
const between = (ctx: Ctx, customer: CustomerId, from: Date, until: Date) =>
  and(
    eq(accountBlockLines.env, ctx.env),
    eq(accountBlockLines.customer, customer),
    sql`coalesce(${accountBlockLines.endsAt}, 'infinity') > ${from}`,
    sql`${accountBlockLines.startsAt} < ${until}`,
    sql`${accountBlockLines.state} <> 'cancelled'`,
    sql`(${accountBlockLines.state} <> 'planned' or ${accountBlockLines.status} <> 'terminated')`,
  )

type Window = Readonly<{ from: Date; until: Date; limit: number; offset: number }>

export const listBetween = (ctx: Ctx, customer: CustomerId, window: Window) =>
  ctx.db
    .select(row)
    .from(accountBlockLines)
    .where(between(ctx, customer, window.from, window.until))
    .orderBy(
      asc(accountBlockLines.startsAt),
      asc(sql`length(${accountBlockLines.extension})`),
      asc(accountBlockLines.extension),
      asc(accountBlockLines.id),
    )
    .limit(window.limit)
    .offset(window.offset)

export const countBetween = (ctx: Ctx, customer: CustomerId, from: Date, until: Date) =>
  ctx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(accountBlockLines)
    .where(between(ctx, customer, from, until))

/** Of a month's stretches those that will be: not under a block of the provider, nor of an ended line. */
const counts = `
  (b.state <> 'planned' or not exists (
    select 1 from account_blocks r
     where r.i_env = b.i_env and r.i_account = b.i_account and r.state = 'running'
       and r.placed_by = 'admin' and r.days && b.days)
   and exists (
    select 1 from accounts a
     where a.i_env = b.i_env and a.id = b.i_account and a.status <> 'terminated'))`

const freeInMonth: HotStatement = {
  name: 'blocks_free_days',
  text: `
    select (b.days * daterange($3, $4))::text as days, count(*)::int as lines
      from account_blocks b
     where b.i_env = $1 and b.i_customer = $2 and b.state <> 'cancelled'
       and coalesce(b.ends_at, 'infinity') > $5 and b.days && daterange($3, $4) and ${counts}
     group by 1`,
}

/** How many lines are free on the same days of a period that begins at `since`. */
export async function freeDaysIn(ctx: Ctx, customer: CustomerId, period: Period, since: Date) {
  const { from, until } = period
  const asked = [ctx.env, customer, from, until, since]
  const rows = await hot<{ days: string; lines: number }>(ctx.db, freeInMonth, asked)
  return rows.map(({ days, lines: n }) => ({ days: wholePeriod(days), lines: n }))
}

const feesInMonth: HotStatement = {
  name: 'blocks_fees',
  text: `
    select (b.days * daterange($3, $4))::text as days, b.anchor::text,
           b.started_on::text as since, b.period, b.period_count as count,
           b.periodic_fee::text as fee, count(*)::int as lines
      from account_block_fees b
     where b.i_env = $1 and b.i_customer = $2 and coalesce(b.ends_at, 'infinity') > $5
       and b.days && daterange($3, $4)
       and exists (select 1 from account_blocks s
                    where s.i_env = b.i_env and s.id = b.i_block and ${counts.replaceAll('b.', 's.')})
     group by 1, 2, 3, 4, 5, 6`,
}

type FeeRow = {
  days: string
  anchor: CivilDate
  since: CivilDate
  period: Cycle['unit']
  count: number
  fee: string
  lines: number
}

/** What lines that are free on the same days of a period would have paid, by fee and what its periods are counted from. */
export async function feesIn(ctx: Ctx, customer: CustomerId, period: Period, since: Date) {
  const { from, until } = period
  const rows = await hot<FeeRow>(ctx.db, feesInMonth, [ctx.env, customer, from, until, since])
  return rows.map(({ days, fee, period: unit, count, ...row }) => ({
    ...row,
    cycle: { unit, count },
    fee: money(fee),
    days: wholePeriod(days),
  }))
}

/** Cut to a period, a range of days has two ends. */
function wholePeriod(range: string): Period {
  const { from, until } = parseDays(range)!
  return { from, until: until! }
}
