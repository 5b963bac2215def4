import * as repo from '#server/auth/repo.lapsed.ts'
import { forgetAfterHours } from '#server/auth/throttle.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** Days a session or link is kept after its end, for whoever asks what happened. */
export const keptDays = 7

const hours = (n: number) => n * 3_600_000

/**
 * Forgets an environment's ended sessions, lapsed links and sign-in failures that count no more. Run it
 * once an hour.
 *
 * @returns how many rows there were
 */
export async function forgetLapsed(edge: Edge): Promise<number> {
  const ended = (ctx: Ctx) => new Date(ctx.wall.getTime() - hours(24 * keptDays))
  const forgiven = (ctx: Ctx) => new Date(ctx.wall.getTime() - hours(forgetAfterHours))
  const sweeps = [
    (ctx: Ctx) => repo.someTokens(ctx, ended(ctx)),
    (ctx: Ctx) => repo.someSessions(ctx, ended(ctx)),
    (ctx: Ctx) => repo.someFailures(ctx, forgiven(ctx)),
  ]

  let all = 0
  for (const sweep of sweeps) {
    for (let gone = 1; gone > 0; all += gone) gone = await unitOfWork(edge, sweep)
  }
  return all
}
