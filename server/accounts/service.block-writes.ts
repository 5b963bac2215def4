import { freeDays, type Stretch } from '#server/accounts/blocks.ts'
import * as repo from '#server/accounts/repo.blocks.ts'
import type { BlockState } from '#server/accounts/schema.blocks.ts'
import type { Moved } from '#server/accounts/service.blocks.ts'
import { byTime } from '#server/runtime/by-time.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Writes stretches and statuses; answers the new stretch of each line, 0 where it has none. */
export async function write(ctx: Ctx, moved: readonly Moved[]): Promise<number[]> {
  const ids = await writeStretches(ctx, moved)
  const changed = moved.filter(
    ({ before, after: { line } }) =>
      line.status !== before.status || line.blockedBy !== before.blockedBy,
  )
  const byStatus = Map.groupBy(changed, ({ after: { line } }) => `${line.status} ${line.blockedBy}`)
  for (const group of byStatus.values()) {
    const accounts = group.map(({ before }) => before.account)
    const set = await repo.setStatus(ctx, accounts, group[0]!.after.line)
    if (set.length < group.length) throw new Error('An account was changed behind its lock.')
  }
  return ids
}

type Changed = Stretch & Readonly<{ was: BlockState; ended: Date | null }>

/**
 * Whether a stretch of the provider became what it is by its own plan, which isn't for a customer to
 * write, but may be for a customer to notice first.
 */
const isDue = ({ by, state, was, startsAt, endsAt, ended }: Changed, now: Date): boolean => {
  const at = state === 'over' ? endsAt : startsAt
  const isAsPlanned = state !== was && endsAt?.getTime() === ended?.getTime()
  return by === 'admin' && isAsPlanned && at !== null && at <= now
}

async function update(ctx: Ctx, rows: Parameters<typeof repo.update>[1]): Promise<void> {
  const done = await repo.update(ctx, rows)
  if (done.length < rows.length) throw new Error('A block was changed behind its lock.')
}

export async function writeStretches(ctx: Ctx, moved: readonly Moved[]): Promise<number[]> {
  const made = moved.flatMap(({ before, after, on }, line) =>
    after.line.stretches
      .filter((one) => !before.stretches.includes(one))
      .map((one) => {
        const was = before.stretches.find(({ id }) => id !== undefined && id === one.id)
        return {
          ...one,
          account: before.account,
          customer: before.customer,
          days: freeDays(one),
          was: was?.state,
          ended: was?.endsAt ?? null,
          line,
          asked: on !== undefined && one.by === on.by,
        }
      }),
  )
  const old = made.flatMap((one) =>
    one.id !== undefined && one.was ? [{ ...one, id: one.id, was: one.was }] : [],
  )
  // What ends makes room for what begins.
  const isEnd = ({ state }: Stretch) => state === 'over' || state === 'cancelled'
  for (const rows of [old.filter(isEnd), old.filter((one) => !isEnd(one))]) {
    const due = rows.filter((one) => isDue(one, ctx.now))
    const asked = rows.filter((one) => !due.includes(one))
    if (due.length > 0) await byTime(ctx, () => update(ctx, due))
    if (asked.length > 0) await update(ctx, asked)
  }
  const fresh = made.filter((one) => one.id === undefined)
  const ids = fresh.length > 0 ? await repo.insert(ctx, fresh) : []

  const byLine = moved.map(() => 0)
  fresh.forEach(({ asked, line }, i) => {
    if (asked) byLine[line] = ids[i]!.id
  })
  return byLine
}
