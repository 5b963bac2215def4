import { type HotStatement, hot } from '#db/prepared.ts'
import type { RunResult } from '#server/billing/schema.runs.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { toDecimal } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const beginRun: HotStatement = {
  name: 'billing_run_begin',
  text: `
    insert into billing_runs (i_env, customers, invoices, parked, totals, began_at)
    values ($1, $2, $3, $4, $5, $6)
    returning id`,
}

const addToRun: HotStatement = {
  name: 'billing_run_add',
  text: `
    update billing_runs set customers = $2, invoices = $3, parked = $4, totals = $5
     where i_env = $1 and id = $6
    returning id`,
}

/** What a run did until now; its row is made the first time. */
export async function record(
  ctx: Ctx,
  run: number | null,
  { customers, invoices, parked, totals }: RunResult,
): Promise<number> {
  const sums = Object.fromEntries([...totals].map(([of, amount]) => [of, toDecimal(amount)]))
  const done = [ctx.env, customers, invoices, parked, JSON.stringify(sums)]
  const [row] = await hot<{ id: number }>(
    ctx.db,
    run === null ? beginRun : addToRun,
    run === null ? [...done, ctx.now] : [...done, run],
  )
  return row!.id
}

const endRun: HotStatement = {
  name: 'billing_run_end',
  text: 'update billing_runs set ended_at = $3 where i_env = $1 and id = $2',
}

export const end = (ctx: Ctx, run: number) => hot(ctx.db, endRun, [ctx.env, run, ctx.now])

const listRuns: HotStatement = {
  name: 'billing_runs_list',
  text: `
    select id as run, began_at as "beganAt", ended_at as "endedAt", customers, invoices, parked, totals,
           (select count(*)::int from billing_runs where i_env = $1) as total
      from billing_runs where i_env = $1
     order by id desc limit $2 offset $3`,
}

type RunFound = {
  run: number
  beganAt: Date
  endedAt: Date | null
  customers: number
  invoices: number
  parked: number
  totals: Record<string, string>
  total: number
}

/** Newest first. */
export const list = (ctx: Ctx, { limit, offset }: Readonly<{ limit: number; offset: number }>) =>
  hot<RunFound>(ctx.db, listRuns, [ctx.env, limit, offset])

const listParked: HotStatement = {
  name: 'billing_parked_list',
  text: `
    select p.i_customer as customer, c.name, p.on_day::text as "onDay", p.parked_at as "parkedAt",
           p.code, p.details
      from billing_parked p
      join customers c on c.i_env = p.i_env and c.id = p.i_customer
     where p.i_env = $1
     order by p.parked_at, p.i_customer`,
}

type ParkedFound = {
  customer: number
  name: string
  onDay: CivilDate
  parkedAt: Date
  code: string
  details: Record<string, unknown>
}

/** Those who wait longest first. */
export const listOfParked = (ctx: Ctx) => hot<ParkedFound>(ctx.db, listParked, [ctx.env])

const releaseOne: HotStatement = {
  name: 'billing_release',
  text: `
    delete from billing_parked where i_env = $1 and i_customer = $2
    returning on_day::text as day, code`,
}

export const release = (ctx: Ctx, customer: number) =>
  hot<{ day: CivilDate; code: string }>(ctx.db, releaseOne, [ctx.env, customer])

const countOfParked: HotStatement = {
  name: 'billing_parked_count',
  text: 'select count(*)::int as parked from billing_parked where i_env = $1',
}

export const countParked = (ctx: Ctx) => hot<{ parked: number }>(ctx.db, countOfParked, [ctx.env])
