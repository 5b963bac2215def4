import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { bulkRows } from '#db/schema/bulk.ts'
import type { Cells, Fault, ReadRow, RowState, RowView } from '#server/bulk/schema.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const of = (ctx: Ctx, batch: string) => and(eq(bulkRows.env, ctx.env), eq(bulkRows.batch, batch))

export type RowToKeep = ReadRow & Readonly<{ state: RowState; faults: readonly Fault[] }>

const insertAll: HotStatement = {
  name: 'bulk_rows_insert',
  text: `
    insert into bulk_rows (i_env, i_batch, i_customer, n, cells, extra, state, faults)
    select $1, $2, $3, r.n, r.cells, r.extra, r.state, r.faults
      from jsonb_to_recordset($4::jsonb)
        as r(n int, cells jsonb, extra text, state text, faults jsonb)`,
}

export const insertRows = (
  ctx: Ctx,
  batch: string,
  customer: CustomerId,
  rows: readonly RowToKeep[],
) => hot(ctx.db, insertAll, [ctx.env, batch, customer, JSON.stringify(rows)])

const shown = {
  n: bulkRows.n,
  cells: sql<Cells>`${bulkRows.cells}`,
  extra: bulkRows.extra,
  state: bulkRows.state,
  faults: sql<Fault[]>`${bulkRows.faults}`,
}

/** A page of rows; `attention` leaves out those that need none. */
export const page = (
  ctx: Ctx,
  batch: string,
  { only, after, limit }: { only: 'all' | 'attention'; after: number; limit: number },
): Promise<RowView[]> =>
  ctx.db
    .select(shown)
    .from(bulkRows)
    .where(
      and(
        of(ctx, batch),
        gt(bulkRows.n, after),
        only === 'all'
          ? undefined
          : sql`(${bulkRows.state} in ('faulty', 'over') or ${bulkRows.faults} <> '[]')`,
      ),
    )
    .orderBy(asc(bulkRows.n))
    .limit(limit)

export const some = (ctx: Ctx, batch: string, numbers: readonly number[]): Promise<RowView[]> =>
  ctx.db
    .select(shown)
    .from(bulkRows)
    .where(and(of(ctx, batch), sql`${bulkRows.n} = any(${sql.param(numbers)}::int[])`))
    .orderBy(asc(bulkRows.n))

const othersAlike: HotStatement = {
  name: 'bulk_rows_others',
  text: `
    select exists (
      select 1 from bulk_rows
       where i_env = $1 and i_batch = $2 and n <> all($3::int[])
         and (cells ->> 'extension' = any($4::text[]) or cells ->> 'extension' like '0%'
              or ($5 <> '' and regexp_replace(cells ->> 'numbers', '[^0-9,;\\n\\r]', '', 'g') ~ $5))) as some`,
}

/**
 * Whether other rows have one of these extensions, or a number that ends in these digits, or an
 * extension that begins with a zero, which says something of all.
 */
export const others = (
  ctx: Ctx,
  batch: string,
  rows: readonly number[],
  extensions: readonly string[],
  digits: readonly string[],
) =>
  hot<{ some: boolean }>(ctx.db, othersAlike, [
    ctx.env,
    batch,
    rows,
    extensions,
    digits.some(Boolean) ? String.raw`(${digits.filter(Boolean).join('|')})($|[,;\n\r])` : '',
  ])

const verdicts: HotStatement = {
  name: 'bulk_rows_judged',
  text: `
    update bulk_rows b set state = r.state, faults = r.faults
      from jsonb_to_recordset($3::jsonb) as r(n int, state text, faults jsonb)
     where b.i_env = $1 and b.i_batch = $2 and b.n = r.n`,
}

export const setVerdicts = (
  ctx: Ctx,
  batch: string,
  rows: readonly { n: number; state: RowState; faults: readonly Fault[] }[],
) => hot(ctx.db, verdicts, [ctx.env, batch, JSON.stringify(rows)])

const mended: HotStatement = {
  name: 'bulk_rows_mend',
  text: `
    update bulk_rows b set cells = b.cells || r.cells, extra = null
      from jsonb_to_recordset($3::jsonb) as r(n int, cells jsonb)
     where b.i_env = $1 and b.i_batch = $2 and b.n = r.n
    returning b.n`,
}

/** Other cells; what stood beside the headings is taken for seen to. */
export const mendCells = (
  ctx: Ctx,
  batch: string,
  rows: readonly { n: number; cells: Partial<Cells> }[],
) => hot<{ n: number }>(ctx.db, mended, [ctx.env, batch, JSON.stringify(rows)])

export const dropRows = (ctx: Ctx, batch: string, numbers: readonly number[]) =>
  ctx.db
    .delete(bulkRows)
    .where(and(of(ctx, batch), sql`${bulkRows.n} = any(${sql.param(numbers)}::int[])`))
    .returning({ n: bulkRows.n })

/** Gives rows of one state to another batch. */
export const moveRows = (ctx: Ctx, from: string, to: string, state: RowState) =>
  ctx.db
    .update(bulkRows)
    .set({ batch: to })
    .where(and(of(ctx, from), eq(bulkRows.state, state)))
    .returning({ n: bulkRows.n })

const madeAll: HotStatement = {
  name: 'bulk_rows_made',
  text: `
    update bulk_rows b set state = 'made', faults = '[]', i_account = r.account
      from jsonb_to_recordset($3::jsonb) as r(n int, account int)
     where b.i_env = $1 and b.i_batch = $2 and b.n = r.n`,
}

export const setMade = (
  ctx: Ctx,
  batch: string,
  rows: readonly { n: number; account: AccountId }[],
) => hot(ctx.db, madeAll, [ctx.env, batch, JSON.stringify(rows)])

export const madeOf = (ctx: Ctx, batch: string) =>
  ctx.db
    .select({
      account: sql<AccountId>`${bulkRows.account}`,
      extension: sql<string>`${bulkRows.cells} ->> 'extension'`,
    })
    .from(bulkRows)
    .where(and(of(ctx, batch), eq(bulkRows.state, 'made')))
    .orderBy(asc(bulkRows.n))

export const setUndone = (ctx: Ctx, batch: string) =>
  ctx.db
    .update(bulkRows)
    .set({ state: 'undone' })
    .where(and(of(ctx, batch), inArray(bulkRows.state, ['made'])))

export const removeAll = (ctx: Ctx, batch: string) => ctx.db.delete(bulkRows).where(of(ctx, batch))
