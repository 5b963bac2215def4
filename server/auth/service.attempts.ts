import * as repo from '#server/auth/repo.ts'
import { blockSeconds, forgetAfterHours } from '#server/auth/throttle.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { hashToken } from '#server/runtime/secrets.ts'

/** What an attempt counts against: whom it is about, and the address it comes from. */
type Keys = readonly [about: string, ip: string]

export const keysOf = (what: 'login' | 'change', whom: string, ip: string): Keys => [
  `${what}:${hashToken(whom)}`,
  `ip:${hashToken(ip)}`,
]

/**
 * Counts one attempt at a password under each key, before it is looked at; seconds to wait where one
 * is blocked. In a unit of work of its own, by the system: a refusal must not undo the count.
 */
export async function count(ctx: Ctx, keys: Keys): Promise<number> {
  const forgetBefore = new Date(ctx.wall.getTime() - forgetAfterHours * 3_600_000)
  let wait = 0
  for (const key of keys) {
    const [row] = await repo.countAttempt(ctx, key, forgetBefore)
    const left = row?.blockedUntil ? (row.blockedUntil.getTime() - ctx.wall.getTime()) / 1000 : 0
    if (left > 0) {
      wait = Math.max(wait, Math.ceil(left))
      continue
    }
    const block = blockSeconds(row?.failures ?? 0)
    if (block > 0) await repo.blockUntil(ctx, key, new Date(ctx.wall.getTime() + block * 1000))
  }
  return wait
}

/** The password was right: whom it is about starts anew; the address has one failure less. */
export async function forgive(ctx: Ctx, [about, ip]: Keys): Promise<void> {
  await repo.clearAttempts(ctx, about)
  await repo.forgiveAttempt(ctx, ip)
}
