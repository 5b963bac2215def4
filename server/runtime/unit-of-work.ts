import type { Database } from '#db/client.ts'
import type { EnvId } from '#server/kernel/ids.ts'
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

/**
 * One unit of work is one transaction: everything `work` did is committed, or nothing is. An error
 * leaves it as it is; it becomes an answer outside.
 */
export const unitOfWork = <T>(edge: Edge, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  edge.database.withTx(visibilityOf(edge.actor, edge.env), async (db, last) => {
    const ctx: Ctx = {
      db,
      actor: edge.actor,
      env: edge.env,
      now: edge.clock.now(),
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
