import * as auth from '#server/auth/service.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import { operatorNeeded } from '#server/runtime/metrics.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type App, unitOfWork } from '#server/runtime/unit-of-work.ts'
import * as drafts from './repo.drafts.ts'
import * as orders from './repo.orders.ts'
import { sweep } from './service.abuse.ts'
import { drive } from './service.drive.ts'

/** Of one environment and one round; what is left is due in the next, 30 seconds later. */
const atOnce = 20

const jobIn = (app: App, env: number) => ({
  ...app,
  requestId: 'signup-recovery',
  actor: system('recovery'),
  env: env as EnvId,
})

/**
 * Goes on with checkouts whose time has come and that nobody is at: after a crash, a long silence of
 * the gateway, a challenge that was left. Any number of nodes may run it at once; each step's fence
 * lets one of them go on. Run it at start, and every 30 seconds.
 *
 * @returns how many orders were looked at
 */
export async function recoverDue(app: App, outside: Outside): Promise<number> {
  let found = 0
  let waiting = 0
  for (const { id } of await auth.environments(app)) {
    const edge = jobIn(app, id)
    const due = await unitOfWork(edge, (ctx) => orders.due(ctx, atOnce))
    found += due.length
    await Promise.all(
      due.map((ref) =>
        drive(app, outside, { env: edge.env, ...ref }, { on: 'due' }).catch((error: unknown) =>
          app.log.error({ err: error, order: ref.order }, 'recovery interrupted'),
        ),
      ),
    )
    const [needing] = await unitOfWork(edge, (ctx) => orders.waitingForOperator(ctx))
    waiting += needing?.n ?? 0
  }
  operatorNeeded.set(waiting)
  return found
}

/** The gateway sent word of a payment: its order is looked at as if the prospect had come back. */
export async function lookAgain(
  app: App,
  outside: Outside,
  env: EnvId,
  payment: number,
): Promise<void> {
  const [known] = await unitOfWork(jobIn(app, env), (ctx) => orders.ofPayment(ctx, payment))
  if (known) await drive(app, outside, { env, payment, ...known }, { on: 'returned' })
}

/** An operator says: try again. */
export async function retryOrder(
  app: App,
  outside: Outside,
  env: EnvId,
  order: number,
): Promise<void> {
  const [known] = await unitOfWork(jobIn(app, env), (ctx) => orders.paymentOf(ctx, order))
  if (known) await drive(app, outside, { env, order, ...known }, { on: 'retry' })
}

/** Forgets drafts that lapsed, and counts no window reaches any more. Run it once an hour. */
export async function sweepSignup(app: App): Promise<void> {
  for (const { id } of await auth.environments(app)) {
    await unitOfWork(jobIn(app, id), async (ctx) => {
      await drafts.deleteLapsed(ctx)
      await sweep(ctx)
    })
  }
}
