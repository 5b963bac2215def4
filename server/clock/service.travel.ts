import { randomUUID } from 'node:crypto'
import { clockMoved } from '#server/clock/events.ts'
import * as repo from '#server/clock/repo.ts'
import { nextStop } from '#server/clock/stops.ts'
import { publish } from '#server/events/service.ts'
import type { Instant } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** What is done once a day, at the least; as late and as often as it likes. */
export type DailyJob = Readonly<{ name: string; run: (edge: Edge) => Promise<unknown> }>

/** A worker that is asked to stop waits no longer than this, and a day's work. */
const turnMs = 3_000
const beatMs = 5_000

/**
 * Moves the clock of an environment that has been told where to go, from day to day: the work of
 * where it stands first, then the next stop. So a worker that dies leaves nothing undone: the next
 * one does that day's work, once more, and goes on. One worker at a time; one whose lease has lapsed
 * can't take another step.
 *
 * @returns whether there is more to do
 */
export async function moveDue(edge: Edge, jobs: readonly DailyJob[]): Promise<boolean> {
  const lease = randomUUID()
  const [taken] = await unitOfWork(edge, (ctx) => repo.take(ctx, lease))
  if (!taken) return false

  const beat = setInterval(() => {
    // Without it the lease lapses, which the next step finds out.
    unitOfWork(edge, (ctx) => repo.renew(ctx, lease)).catch(() => {})
  }, beatMs)
  try {
    const end = performance.now() + turnMs
    for (let more = true; more; ) {
      await workOfToday(edge, jobs, lease)
      more = await unitOfWork(edge, (ctx) => step(ctx, lease))
      if (more && performance.now() > end) return true
    }
    return false
  } finally {
    clearInterval(beat)
    await unitOfWork(edge, (ctx) => repo.release(ctx, lease))
  }
}

async function workOfToday(edge: Edge, jobs: readonly DailyJob[], lease: string) {
  for (const job of jobs) {
    try {
      await job.run(edge)
    } catch (error) {
      await unitOfWork(edge, (ctx) => repo.noteTrouble(ctx, lease, job.name))
      throw error
    }
  }
}

/** On to the next stop, or the end of the way: false. */
async function step(ctx: Ctx, lease: string): Promise<boolean> {
  const [row] = await repo.lock(ctx, lease)
  if (!row?.target || !row.from) return false

  const target = row.target as Instant
  if (ctx.now >= target) {
    await repo.arrive(ctx, lease)
    await publish(ctx, clockMoved(ctx.env, row.from, target))
    return false
  }
  const stop = nextStop(row.timeZone, ctx.now, target)
  await repo.setAhead(ctx, lease, stop.getTime() - ctx.wall.getTime())
  return true
}
