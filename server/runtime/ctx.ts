import type { Db } from '#db/client.ts'
import type { Bound } from '#db/prepared.ts'
import type { EnvId, Instant } from '#server/kernel/ids.ts'
import type { Actor } from '#server/runtime/actor.ts'
import type { Gathered } from '#server/runtime/gather.ts'
import type { Log } from '#server/runtime/log.ts'
import type { Secrets } from '#server/runtime/secrets.ts'

/** Everything one unit of work may depend on: one transaction, one actor, one moment. */
export type Ctx = Readonly<{
  db: Db
  actor: Actor
  env: EnvId
  /**
   * The moment it is in this environment: of bills, blocks and history. In a sandbox it may be far
   * ahead of the machine's clock.
   */
  now: Instant
  /**
   * The machine's clock, for what must not age with a moved one: sessions, tokens, throttles, retries,
   * leases. Never compare the two; docs/decisions/0010 says which reads which.
   */
  wall: Instant
  log: Log
  secrets: Secrets
  requestId: string
  /** Written just before the commit; see `gather` and `leave`. */
  gathered: Gathered
  last: Bound[]
}>
