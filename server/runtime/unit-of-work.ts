import type { Database } from '#db/client.ts'
import type { EnvId, Instant } from '#server/kernel/ids.ts'
import { type Actor, visibilityOf } from '#server/runtime/actor.ts'
import type { Clock } from '#server/runtime/clock.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { takeGathered } from '#server/runtime/gather.ts'
import type { Log } from '#server/runtime/log.ts'
import type { Secrets } from '#server/runtime/secrets.ts'

/** What the process has one of. */
export type App = Readonly<{ database: Database; clock: Clock; log: Log; secrets: Secrets }>

/** The edge: what begins units of work for one request or job. */
export type Edge = App & Readonly<{ requestId: string; actor: Actor; env: EnvId }>

const later = (wall: Instant, ms: number): Instant =>
  ms === 0 ? wall : (new Date(wall.getTime() + ms) as Instant)

/**
 * One unit of work is one transaction: everything `work` did is committed, or nothing is. An error
 * leaves it as it is; it becomes an answer outside.
 */
export const unitOfWork = <T>(edge: Edge, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  edge.database.withTx(visibilityOf(edge.actor, edge.env), async (db, last, ahead) => {
    const wall = edge.clock.now()
    let now: Instant | undefined
    const ctx: Ctx = {
      db,
      actor: edge.actor,
      env: edge.env,
      // Whoever asks relies on it, and is begun anew if the clock was moved; whoever doesn't is not.
      get now() {
        now ??= later(wall, ahead())
        return now
      },
      wall,
      log: edge.log,
      secrets: edge.secrets,
      requestId: edge.requestId,
      gathered: new Map(),
      last,
    }
    const result = await work(ctx)
    last.push(...takeGathered(ctx))
    return result
  })
