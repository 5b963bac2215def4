import type { Fact } from '#server/events/service.ts'
import type { EnvId } from '#server/kernel/ids.ts'

/** Told when it has arrived: all that was due on the way has been done. */
export const clockMoved = (env: EnvId, from: Date, to: Date): Fact => ({
  type: 'environment.clock_moved',
  entity: 'environment',
  entityId: env,
  customer: null,
  payload: { from: from.toISOString(), to: to.toISOString() },
})
