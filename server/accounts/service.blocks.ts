import {
  type Advanced,
  advance,
  cancel,
  closed,
  type Decided,
  type Line,
  lift,
  place,
  reopened,
  type Stretch,
} from '#server/accounts/blocks.ts'
import { accountNotFound, blockDatesRefused, blockRefused } from '#server/accounts/errors.ts'
import * as repo from '#server/accounts/repo.blocks.ts'
import {
  type BlockAgainForInput,
  type BlockAgainInput,
  type BlockForInput,
  type BlockInput,
  type BlockOutcome,
  type CancelBlocksForInput,
  type CancelBlocksInput,
  type Placer,
  type UnblockForInput,
  type UnblockInput,
  whyNotDates,
} from '#server/accounts/schema.blocks.ts'
import { factsOf, tellOfBlocks } from '#server/accounts/service.block-history.ts'
import { write, writeStretches } from '#server/accounts/service.block-writes.ts'
import { demand } from '#server/auth/rights.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { type CivilDate, dayIn, startOfDay } from '#server/kernel/civil.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { once } from '#server/runtime/idempotency.ts'

/** An account with its stretches, its row locked by whoever is about to change them. */
export type LockedLine = Line &
  Readonly<{ account: AccountId; customer: CustomerId; accountId: string; name: string }>

/** A line before and after; `on` is the stretch that was asked for. */
export type Moved = Readonly<{ before: LockedLine; after: Advanced; on?: Stretch }>

/** Who asks, for whom: the customer itself, or an administrator or reseller for it. */
type Side = Readonly<{ customer: CustomerId; by: Placer }>

const mine = (ctx: Ctx): Side => {
  demand(ctx.actor, 'accounts:block')
  return { customer: ctx.actor.customer as CustomerId, by: 'customer' }
}

const anyones = (ctx: Ctx, customer: number): Side => {
  demand(ctx.actor, 'accounts:block_any')
  return { customer: customer as CustomerId, by: 'admin' }
}

/**
 * Blocks my lines, now or on days to come. Lines it can't be done with stay as they are and are
 * named; the same key twice does it once.
 *
 * @throws not_found `accounts.not_found`; invalid `accounts.block_in_past`, `accounts.block_ends_early`,
 *   `accounts.block_too_far`; conflict with the first line's reason where none could be blocked
 */
export const block = async (ctx: Ctx, input: BlockInput) => blockAs(ctx, mine(ctx), input)

/** The same by an administrator for a customer: what the customer has blocked becomes the provider's. */
export const blockFor = async (ctx: Ctx, { customer, ...input }: BlockForInput) =>
  blockAs(ctx, anyones(ctx, customer), input)

async function blockAs(ctx: Ctx, side: Side, { key, ...input }: BlockInput): Promise<BlockOutcome> {
  return once(ctx, key, { customer: side.customer, ...input }, async () => {
    const zone = await customers.timeZoneOf(ctx, side.customer)
    const today = dayIn(zone, ctx.now)
    const why = whyNotDates(input, today)
    if (why) throw blockDatesRefused(why)

    const asked = {
      by: side.by,
      reason: input.reason,
      startsAt: input.from && input.from > today ? startOfDay(zone, input.from) : ctx.now,
      endsAt: input.until ? startOfDay(zone, input.until) : null,
      zone,
    }
    return change(ctx, side, 'account.block', input.accounts, (line) => place(line, asked))
  })
}

/**
 * Unblocks my lines, now or on a day to come. Those of my provider are not mine to unblock.
 *
 * @throws as `block`
 */
export const unblock = async (ctx: Ctx, input: UnblockInput) => unblockAs(ctx, mine(ctx), input)

/** The same by an administrator for a customer: the customer's own plans go on where they cover now. */
export const unblockFor = async (ctx: Ctx, { customer, ...input }: UnblockForInput) =>
  unblockAs(ctx, anyones(ctx, customer), input)

async function unblockAs(ctx: Ctx, side: Side, { key, ...input }: UnblockInput) {
  return once(ctx, key, { customer: side.customer, ...input }, async () => {
    const at = input.on ? await startOfUnblock(ctx, side.customer, input.on) : ctx.now
    return change(ctx, side, 'account.unblock', input.accounts, (line) =>
      lift(line, side.by, at, ctx.now),
    )
  })
}

async function startOfUnblock(ctx: Ctx, customer: CustomerId, on: CivilDate): Promise<Date> {
  const zone = await customers.timeZoneOf(ctx, customer)
  const why = whyNotDates({ until: on }, dayIn(zone, ctx.now))
  if (why) throw blockDatesRefused(why)
  return startOfDay(zone, on)
}

/** Takes back what I planned. @throws as `block` */
export const cancelBlocks = async (ctx: Ctx, input: CancelBlocksInput) =>
  cancelAs(ctx, mine(ctx), input)

export const cancelBlocksFor = async (ctx: Ctx, { customer, ...input }: CancelBlocksForInput) =>
  cancelAs(ctx, anyones(ctx, customer), input)

async function cancelAs(ctx: Ctx, side: Side, { key, blocks }: CancelBlocksInput) {
  return once(ctx, key, { customer: side.customer, blocks }, async () => {
    const plans = await known(ctx, side, blocks)
    return change(ctx, side, 'account.block_cancel', [...plans.keys()], (line) =>
      plans.get(line.account)!.reduce<Decided>(
        (decided, { id }) => {
          const next = cancel(decided.line ?? line, id, side.by)
          return next.why && decided.line ? decided : next
        },
        { why: 'not_planned' },
      ),
    )
  })
}

/**
 * Undoes an unblock, or the taking back of a plan: what there was to come of those stretches is
 * blocked again, from now on. Nothing of what was in between is made undone.
 *
 * @throws as `block`
 */
export const blockAgain = async (ctx: Ctx, input: BlockAgainInput) => againAs(ctx, mine(ctx), input)

export const blockAgainFor = async (ctx: Ctx, { customer, ...input }: BlockAgainForInput) =>
  againAs(ctx, anyones(ctx, customer), input)

async function againAs(ctx: Ctx, side: Side, { key, blocks }: BlockAgainInput) {
  return once(ctx, key, { customer: side.customer, again: blocks }, async () => {
    const zone = await customers.timeZoneOf(ctx, side.customer)
    const ended = await known(ctx, side, blocks)
    return change(ctx, side, 'account.block', [...ended.keys()], (line) => {
      const [{ by, reason, startsAt, plannedUntil }] = ended.get(line.account)!
      if (by !== side.by) return { why: 'blocked_by_admin' }
      if (plannedUntil && plannedUntil <= ctx.now) return { why: 'not_planned' }
      const from = new Date(Math.max(startsAt.getTime(), ctx.now.getTime()))
      return place(line, { by, reason, startsAt: from, endsAt: plannedUntil, zone })
    })
  })
}

type Known = Awaited<ReturnType<typeof repo.byIds>>[number]

/** Stretches of a customer by account. @throws not_found `accounts.not_found` where one isn't there */
async function known(ctx: Ctx, { customer }: Side, ids: readonly number[]) {
  const wanted = [...new Set(ids)]
  const rows = await repo.byIds(ctx, customer, wanted)
  if (rows.length < wanted.length) throw accountNotFound()
  return Map.groupBy(rows, (row) => row.account) as Map<number, [Known, ...Known[]]>
}

/**
 * Ends the blocks of accounts that were just terminated: what was free stays so, and what is planned
 * lapses. No fact is told: the account's own end says it all.
 */
export async function endBlocks(ctx: Ctx, rows: readonly LineRow[]): Promise<void> {
  const lines = await withStretches(ctx, rows)
  await writeStretches(
    ctx,
    lines.map((before) => ({ before, after: { line: closed(before, ctx.now), turns: [] } })),
  )
}

/** Goes on with blocks that ended with their accounts at `endedAt`: nobody could use them since. */
export async function resumeBlocks(
  ctx: Ctx,
  rows: readonly (LineRow & { endedAt: Date })[],
): Promise<void> {
  const endedAt = new Map(rows.map((row) => [row.account, row.endedAt]))
  const lines = await withStretches(ctx, rows)
  const moved = lines.map((before) => ({
    before,
    after: advance(reopened(before, endedAt.get(before.account)!), ctx.now),
  }))
  await write(ctx, moved)
  await publish(ctx, ...moved.flatMap(factsOf))
}

const lock = async (ctx: Ctx, customer: CustomerId, accounts: readonly number[]) =>
  withStretches(ctx, await repo.lockLines(ctx, customer, accounts))

type LineRow = repo.LineRow

/** What each account's blocks are at the moment. */
export async function withStretches(ctx: Ctx, rows: readonly LineRow[]): Promise<LockedLine[]> {
  if (rows.length === 0) return []
  const found = await repo.stretchesOf(
    ctx,
    rows.map((row) => row.account),
  )
  const byAccount = Map.groupBy(found, (row) => row.account)
  return rows.map((row) => ({ ...row, stretches: byAccount.get(row.account) ?? [] }))
}

/** Load and lock, decide line by line, write a statement a table, publish. */
async function change(
  ctx: Ctx,
  { customer, by }: Side,
  action: string,
  accounts: readonly number[],
  decide: (line: LockedLine) => Decided,
): Promise<BlockOutcome> {
  const wanted = [...new Set(accounts)]
  const lines = await lock(ctx, customer, wanted)
  if (lines.length < wanted.length) throw accountNotFound()

  const moved: Moved[] = []
  const left: BlockOutcome['left'] = []
  for (const before of lines) {
    const { account, accountId, name } = before
    const { line, turns } = advance(before, ctx.now)
    const decided = decide({ ...before, ...line })
    if (decided.why) {
      left.push({ account, accountId, name, why: decided.why })
      continue
    }
    const after = advance(decided.line, ctx.now)
    moved.push({
      before,
      after: { line: after.line, turns: [...turns, ...after.turns] },
      on: asItBecame(decided.on, after.line),
    })
  }
  const [first] = left
  if (moved.length === 0 && first) {
    const others = left.length - 1
    throw blockRefused(first.why, { accountId: first.accountId, others })
  }

  const ids = await write(ctx, moved)
  await tellOfBlocks(ctx, { action, by, customer }, moved)
  return {
    done: moved.map(({ before, on }, i) => ({
      account: before.account,
      block: on?.id ?? ids[i]!,
    })),
    left,
  }
}

/** The stretch that was asked for, which may have begun or ended at once. */
const asItBecame = (on: Stretch, { stretches }: Line): Stretch =>
  stretches.find((one) =>
    on.id === undefined ? one.id === undefined && one.by === on.by : one.id === on.id,
  ) ?? on
