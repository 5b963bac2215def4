import {
  byMonth,
  daysBeyond,
  type Gain,
  gainedIn,
  linesByDay,
  monthly,
  monthOf,
  type OpenDays,
  saved,
} from '#server/accounts/block-savings.ts'
import { advance, firstWholeDay, freeDays, place, type Stretch } from '#server/accounts/blocks.ts'
import { accountNotFound, blockDatesRefused } from '#server/accounts/errors.ts'
import * as repo from '#server/accounts/repo.blocks.ts'
import {
  type BlockHistory,
  type BlockMonth,
  type BlockMonthInput,
  type BlockPreview,
  type BlockPreviewForInput,
  type BlockPreviewInput,
  type BlockRow,
  type BlocksOfForInput,
  blocksPerPage,
  type FreeDays,
  type Placer,
  whyNotDates,
} from '#server/accounts/schema.blocks.ts'
import { withStretches } from '#server/accounts/service.blocks.ts'
import * as agreements from '#server/agreements/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as customers from '#server/customers/service.ts'
import { civilDate, dayIn, daysIn, overlap, type Period, startOfDay } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import { type Money, roundToMinor, subtract, sum, toDecimal, zero } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

type Side = Readonly<{ customer: CustomerId; by: Placer }>

const mine = (ctx: Ctx): Side => {
  demand(ctx.actor, 'blocks:read')
  return { customer: ctx.actor.customer as CustomerId, by: 'customer' }
}

const anyones = (ctx: Ctx, customer: number): Side => {
  demand(ctx.actor, 'accounts:block_any')
  return { customer: customer as CustomerId, by: 'admin' }
}

/**
 * What a block of my lines would do: which days will be free, what that saves, and which lines stay as
 * they are.
 *
 * @throws as `block`, but for lines that can't be blocked: those are named
 */
export const previewBlock = async (ctx: Ctx, input: BlockPreviewInput) =>
  previewAs(ctx, mine(ctx), input)

/** The same for an administrator. */
export const previewBlockFor = async (ctx: Ctx, { customer, ...input }: BlockPreviewForInput) =>
  previewAs(ctx, anyones(ctx, customer), input)

async function previewAs(
  ctx: Ctx,
  { customer, by }: Side,
  { accounts, from, until }: BlockPreviewInput,
): Promise<BlockPreview> {
  const { timeZone: zone, currency } = await customers.find(ctx, customer)
  const today = dayIn(zone, ctx.now)
  const why = whyNotDates({ from, until }, today)
  if (why) throw blockDatesRefused(why)

  const wanted = [...new Set(accounts)]
  const lines = await withStretches(ctx, await repo.lines(ctx, customer, wanted))
  if (lines.length < wanted.length) throw accountNotFound()

  const startsAt = from && from > today ? startOfDay(zone, from) : ctx.now
  const endsAt = until ? startOfDay(zone, until) : null
  const asked = { by, reason: '', startsAt, endsAt, zone }
  const left: BlockPreview['left'] = []
  const free = new Map<AccountId, OpenDays[]>()
  for (const one of lines) {
    const { account, accountId, name } = one
    const { line } = advance(one, ctx.now)
    const decided = place(line, asked)
    if (decided.why) left.push({ account, accountId, name, why: decided.why })
    else free.set(account, newlyFree(line.stretches, decided.on))
  }

  const days = freeDays({
    ...asked,
    plannedUntil: endsAt,
    freeFrom: firstWholeDay(zone, startsAt),
    state: 'planned',
  })
  const gains = gainsOf(await agreements.feesOfAccounts(ctx, [...free.keys()]), free)
  // Of a line that is going to be blocked for good anyway only the days before that are won.
  const endless = gains.filter((gain) => gain.days.some(({ until: end }) => end === null))
  const isEndless = monthly(endless) > zero
  const months = monthsOf(days, gains, isEndless)
  const amounts = payable(
    months.map((part) => gainedIn(gains, part)),
    currency,
  )
  return {
    lines: free.size,
    left,
    days,
    currency,
    monthly: toDecimal(monthly(isEndless ? endless : gains)),
    total: isEndless ? null : toDecimal(sum(amounts)),
    months: months.map((part, i) => ({
      month: part.from.slice(0, 7),
      days: daysIn(part),
      amount: toDecimal(amounts[i]!),
    })),
    today,
    timeZone: zone,
  }
}

/** The days of a stretch that no other stretch of its line makes free, planned ones included. */
function newlyFree(stretches: readonly Stretch[], on: Stretch): OpenDays[] {
  const days = freeDays(on)
  if (!days) return []
  const others = stretches.filter(({ state }) => state !== 'cancelled')
  return daysBeyond(
    days,
    others.flatMap((one) => freeDays(one) ?? []),
  )
}

/** Fees and the days they aren't paid for, lines with the same days together. */
const gainsOf = (
  fees: readonly agreements.RunningFee[],
  free: ReadonlyMap<AccountId, readonly OpenDays[]>,
): Gain[] =>
  fees.flatMap(({ accounts, ...fee }) =>
    [...Map.groupBy(accounts, (account) => JSON.stringify(free.get(account)))].map(
      ([, [first, ...others]]) => ({
        ...fee,
        lines: others.length + 1,
        days: free.get(first!)!,
      }),
    ),
  )

/** The months in which something is saved; of what has no end the first one. */
function monthsOf(days: FreeDays, gains: readonly Gain[], isEndless: boolean): Period[] {
  if (!days) return []
  if (isEndless) return [{ from: days.from, until: monthOf(days.from).until }]
  const ends = gains.flatMap((gain) => gain.days.flatMap(({ until }) => until ?? []))
  const until = days.until ?? ends.toSorted().at(-1) ?? days.from
  return byMonth({ from: days.from, until })
}

/** Amounts as they can be paid, such that a reader who adds them up gets what all come to. */
function payable(amounts: readonly Money[], currency: string): Money[] {
  const upTo = (n: number) => roundToMinor(sum(amounts.slice(0, n)), currency)
  return amounts.map((_, i) => subtract(upTo(i + 1), upTo(i)))
}

/** So many of one line: years of seasons. */
const historyAtMost = 100

type Row = Awaited<ReturnType<typeof repo.historyOf>>[number]

const toRow =
  (by: Placer) =>
  ({ startsAt, endsAt, plannedUntil, status: _, blockedBy: __, ...row }: Row): BlockRow => ({
    ...row,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    plannedUntil: plannedUntil?.toISOString() ?? null,
    whyNot: row.placedBy === 'admin' && by === 'customer' ? 'blocked_by_admin' : undefined,
  })

/** Past, present and planned blocks of one of my lines, newest first. Another's has none. */
export const blocksOf = async (ctx: Ctx, { account }: { account: number }) =>
  historyAs(ctx, mine(ctx), account)

export const blocksOfFor = async (ctx: Ctx, { customer, account }: BlocksOfForInput) =>
  historyAs(ctx, anyones(ctx, customer), account)

async function historyAs(ctx: Ctx, { customer, by }: Side, account: number): Promise<BlockHistory> {
  const zone = await customers.timeZoneOf(ctx, customer)
  const rows = await repo.historyOf(ctx, customer, account as AccountId, historyAtMost)
  return { today: dayIn(zone, ctx.now), rows: rows.map(toRow(by)) }
}

/** A month of my lines: how many are free on which day, what it saves, and the stretches it is made of. */
export async function blockMonth(ctx: Ctx, { month, page }: BlockMonthInput): Promise<BlockMonth> {
  const { customer, by } = mine(ctx)
  const { timeZone: zone, currency } = await customers.find(ctx, customer)
  const today = dayIn(zone, ctx.now)
  const period = monthOf(month ? civilDate(`${month}-01`) : today)
  const [from, until] = [startOfDay(zone, period.from), startOfDay(zone, period.until)]

  const free = await repo.freeDaysIn(ctx, customer, period, from)
  const fees = await repo.feesIn(ctx, customer, period, from)
  const [counted] = await repo.countBetween(ctx, customer, from, until)
  const rows = await repo.listBetween(ctx, customer, {
    from,
    until,
    limit: blocksPerPage,
    offset: page * blocksPerPage,
  })
  const savedIn = (part: Period) =>
    toDecimal(
      sum(
        fees.flatMap(({ days, ...fee }) => {
          const common = part.from < part.until ? overlap(days, part) : undefined
          return common ? [saved([fee], common)] : []
        }),
      ),
    )
  return {
    month: period.from.slice(0, 7),
    today,
    timeZone: zone,
    currency,
    days: linesByDay(period, free),
    saved: savedIn({ from: period.from, until: today }),
    toCome: savedIn({ from: today, until: period.until }),
    rows: rows.map(toRow(by)),
    total: counted!.total,
  }
}
