import { demand } from '#server/auth/rights.ts'
import { addDays, dayIn, everyMonth, periodContaining } from '#server/kernel/civil.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { cycleOf, openFrom } from '#server/usage/judge.ts'
import * as repo from '#server/usage/repo.views.ts'
import { recordsPerPage, type UsagePage, type UsageQuery, unitOf } from '#server/usage/schema.ts'

/** What my lines used in a billing cycle; for the user of a line, what that one did. */
export async function mine(ctx: Ctx, query: UsageQuery): Promise<UsagePage> {
  demand(ctx.actor, 'usage:read')

  const { customer, account: own } = ctx.actor
  const [billing] = await repo.billing(ctx, customer!)
  if (!billing) throw new Error(`Customer ${customer} does not exist.`)
  const { anchor, timeZone, currency } = billing
  const today = dayIn(timeZone, ctx.now)
  const current = cycleOf(anchor, today)
  const { from, until } = periodContaining(anchor, everyMonth, query.cycle ?? current)

  const whose = { customer: customer!, account: own ?? query.account }
  const filter = { ...whose, from, service: query.service }
  const [cycles, all, days, records] = [
    await repo.cycles(ctx, { customer: customer!, account: own ?? null }),
    await repo.totals(ctx, { customer: customer!, account: own ?? null, from }),
    await repo.days(ctx, filter),
    await repo.records(ctx, filter, recordsPerPage, query.page * recordsPerPage),
  ]
  const shown = all.filter(
    ({ account, service }) =>
      (whose.account === null || account === whose.account) &&
      (query.service === null || service === query.service),
  )
  return {
    currency,
    timeZone,
    today,
    cycle: { from, until, open: addDays(from, 1) > openFrom(billing) },
    cycles: [...new Set([current, ...cycles.map((one) => one.from), from])].sort().reverse(),
    totals: all.map((row) => ({ ...named(row), ...row })),
    days,
    records: records.map((row) => ({ ...named(row), ...row, at: row.at.toISOString() })),
    total: shown.reduce((sum, { records: n }) => sum + n, 0),
  }
}

const named = ({ service, serviceCode, serviceName }: repo.ServiceRow) => ({
  service,
  name: serviceName,
  unit: unitOf(serviceCode),
})
