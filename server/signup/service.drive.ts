import { brokenConstraint } from '#db/client.ts'
import { Refusal } from '#server/kernel/errors.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import { signupSteps } from '#server/runtime/metrics.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type App, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { ask } from './saga-calls.ts'
import type { Saga, SagaEvent } from './saga-types.ts'
import { provision } from './service.provision.ts'
import { type Make, type Moved, type Task, takeSteps } from './service.step.ts'

export type OrderRef = Readonly<{ env: EnvId; order: number; payment: number }>

/** One go at an order, by this process. */
type Run = Readonly<{ app: App; outside: Outside; ref: OrderRef }>

/**
 * Feeds an event to an order and goes on until it waits for somebody, is over, or is another's.
 *
 * @returns where it stands then, where that was for us to say
 */
export async function drive(
  app: App,
  outside: Outside,
  ref: OrderRef,
  event: SagaEvent,
): Promise<Saga | undefined> {
  const run = { app, outside, ref }
  const moved = await advance(run, event)
  return moved && goOn(run, moved)
}

/** Does a task, feeds what came of it to the order, and so on; answers what `drive` does. */
export const follow = (
  app: App,
  outside: Outside,
  ref: OrderRef,
  task: Task | undefined,
): Promise<Saga | undefined> => goOn({ app, outside, ref }, { task })

async function goOn(run: Run, from: { task?: Task; saga?: Saga }): Promise<Saga | undefined> {
  let at: typeof from | undefined = from
  while (at?.task) at = await advance(run, await perform(run, at.task))
  return at?.saga
}

async function perform(run: Run, { next, fence, pay }: Task): Promise<SagaEvent> {
  const { app, outside } = run
  if (next.afterSeconds > 0) await (outside.pause ?? pause)(next.afterSeconds)
  return { on: 'answer', fence, answer: await ask(outside, pay, next, app.log) }
}

const pause = (seconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))

/** What an event makes of an order, and at once with it what is ours to do next. */
async function advance(run: Run, event: SagaEvent): Promise<Moved | undefined> {
  const authorized = event.on === 'answer' && event.answer.state === 'authorized'
  return announce(await (authorized ? serve(run, event) : inOne(run, event)))
}

const inOne = (run: Run, event: SagaEvent, make: Make = provision): Promise<Moved | undefined> => {
  const { app, outside, ref } = run
  const edge = {
    ...app,
    requestId: `order-${ref.order}`,
    actor: system('signup'),
    env: ref.env,
  }
  const attempt = (left: number): Promise<Moved | undefined> =>
    unitOfWork(edge, (ctx) => takeSteps(ctx, outside, ref, event, make)).catch((error: unknown) => {
      if (left > 0 && isBusy(error)) return attempt(left - 1)
      throw error
    })
  return attempt(triesMore)
}

/** A crowd at the invoice counter is no reason to undo a purchase; the fence makes trying again safe. */
const triesMore = 3
const isBusy = (error: unknown) => error instanceof Refusal && error.code === 'database.busy'

/**
 * The money is reserved, so the customer is made, in the transaction that writes down what the
 * gateway said; a refusal of any kind undoes all of it, and then that is written down instead.
 */
async function serve(run: Run, event: SagaEvent): Promise<Moved | undefined> {
  const attempt = () => inOne(run, event)
  try {
    return await attempt().catch(orAgain(attempt))
  } catch (error) {
    // Whether it was committed is not known: recovery will see.
    if (error instanceof Refusal && error.kind === 'unavailable') throw error
    const refused = codeOf(run, error)
    return inOne(run, event, async () => ({ refused }))
  }
}

function codeOf({ app, ref }: Run, error: unknown): string {
  if (error instanceof Refusal) return reasons[error.code] ?? error.code
  app.log.error({ err: error, order: ref.order }, 'provisioning failed')
  return 'provisioning_failed'
}

function announce(moved: Moved | undefined): Moved | undefined {
  for (const state of moved?.reached ?? []) signupSteps.inc({ state })
  return moved
}

/** Two signups of one e-mail at once both wanted it as login: the second one now sees it is taken. */
const orAgain =
  <T>(attempt: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (brokenConstraint(error) === 'users_login') return attempt()
    throw error
  }

/** What the prospect is told, where the refusal's own word is about our inside. */
const reasons: Readonly<Record<string, string>> = { 'numbers.hold_lost': 'number_taken' }
