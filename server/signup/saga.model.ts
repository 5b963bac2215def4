/**
 * A model checker for the checkout saga: a small world of orders, workers that crash, a gateway whose
 * messages get lost or arrive late, a prospect and recoveries, in which every choice is tried.
 *
 * A run is decided by a list of choices; the next run differs in the last of them that has an
 * alternative left (depth first). Bounded: so many faults and so many unforeseen turns to
 * another actor a run; then the world is left to recovery, and must come to a good end.
 */
import type { CustomerId } from '#server/kernel/ids.ts'
import { isOver, orderMoves } from './order-states.ts'
import { type Card, type ModelIntent, newIntent, receive } from './saga.model-gateway.ts'
import type { Answer, Saga, SagaCall, SagaEvent, Step } from './saga-types.ts'

/** What is checked: the saga, or a wrong one that the checker must find guilty. */
export type Machine = Readonly<{
  begin: () => Step
  step: (saga: Saga, event: SagaEvent) => Step
}>

export type Scenario = Readonly<{
  card: Card
  /** What the prospect makes of a 3-D Secure challenge. */
  prospect: 'approves' | 'declines' | 'leaves'
  provisioning: 'works' | 'refused'
  /** Whether the gateway answers again after the faults of the run. */
  after: 'fair' | 'dead'
}>

export type Budget = Readonly<{ faults: number; turns: number }>

type Order = {
  saga: Saga
  intent: ModelIntent
  wakes: boolean
  customers: number
  settled: number
  openInvoices: number
  welcomed: number
  released: number
  operatorCalled: boolean
}

type Worker = {
  order: Order
  todo: { event: SagaEvent } | { call: SagaCall; fence: number } | null
}

type World = {
  orders: Order[]
  workers: Worker[]
  /** Requests that nobody waits for any more and that will arrive all the same. */
  flying: (() => void)[]
  recoveries: number
  duplicates: number
  returns: number
  faults: number
  turns: number
  calm: boolean
  steps: number
}

export class Violation extends Error {}

type Choose = (alternatives: number) => number

export type Moves = Set<string>

/** All runs of a scenario within the budget. Throws `Violation` at the first bad one. */
export function explore(machine: Machine, scenario: Scenario, budget: Budget, seen: Moves): number {
  const choices: { taken: number; of: number }[] = []
  let runs = 0
  for (;;) {
    let at = 0
    run(machine, scenario, budget, seen, (of) => {
      choices[at] ??= { taken: 0, of }
      const choice = choices[at]!
      at += 1
      return choice.taken
    })
    runs += 1

    choices.length = at
    while (choices.length > 0 && choices.at(-1)!.taken + 1 >= choices.at(-1)!.of) choices.pop()
    const last = choices.at(-1)
    if (!last) return runs
    last.taken += 1
  }
}

function run(machine: Machine, scenario: Scenario, budget: Budget, seen: Moves, choose: Choose) {
  const world: World = {
    orders: [],
    workers: [],
    flying: [],
    recoveries: 2,
    duplicates: 1,
    returns: 2,
    ...budget,
    calm: false,
    steps: 0,
  }
  const act = actions(machine, scenario, world, seen, choose)

  act.submit()
  for (;;) {
    const enabled = act.enabled()
    if (enabled.length === 0) break
    const turn = world.turns > 0 ? choose(enabled.length) : 0
    if (turn > 0) world.turns -= 1
    enabled[turn]!()
    checkAlways(world)
  }

  world.calm = true
  act.recoverAll()
  for (const arrive of world.flying) arrive()
  for (const { intent } of world.orders) intent.challenge('approves')
  checkAlways(world)
  world.orders.forEach(checkAtEnd)
}

/** What can happen in a world, each thing one step of one actor. */
function actions(machine: Machine, scenario: Scenario, world: World, seen: Moves, choose: Choose) {
  const fault = (kinds: number): number => {
    if (world.calm || world.faults === 0) return 0
    const kind = choose(kinds + 1)
    if (kind > 0) world.faults -= 1
    return kind
  }

  /** One transaction: everything of it, or nothing. */
  const commit = (worker: Worker, event: SagaEvent) => {
    const { order } = worker
    const before = order.saga
    const done = machine.step(before, event)
    worker.todo = null
    if (!done.moved) return
    // 1: the process dies before the commit, 2: after it.
    const crash = fault(2)
    if (crash === 1) return
    save(order, done, seen)
    if (event.on === 'provisioned') order.customers += 1
    if (crash === 0 && done.next) worker.todo = { call: done.next, fence: done.state.fence }
  }

  const take = (worker: Worker, call: SagaCall, fence: number) => {
    if (call.call === 'complete') return commit(worker, { on: 'complete', fence })
    if (call.call === 'provision') {
      return commit(
        worker,
        scenario.provisioning === 'refused'
          ? { on: 'provision_refused', fence, code: 'number.gone' }
          : { on: 'provisioned', fence, customer: 1 as CustomerId },
      )
    }
    const { intent } = worker.order
    const answered = (answer: Answer) => {
      worker.todo = { event: { on: 'answer', fence, answer } }
    }
    if (world.calm && scenario.after === 'dead') return answered({ state: 'unknown' })
    switch (fault(5)) {
      case 0:
        return answered(receive(intent, call))
      case 1: // the request is lost
        return answered({ state: 'unknown' })
      case 2: // the answer is lost
        receive(intent, call)
        return answered({ state: 'unknown' })
      case 3: // the request arrives when nobody waits for it any more
        world.flying.push(() => receive(intent, call))
        return answered({ state: 'unknown' })
      case 4: // the process dies, its request arrives
        receive(intent, call)
        worker.todo = null
        return
      default: // the process dies, its request arrives later
        world.flying.push(() => receive(intent, call))
        worker.todo = null
    }
  }

  const proceed = (worker: Worker) => {
    world.steps += 1
    if (world.steps > 500) throw new Violation('does not come to an end')
    const { todo } = worker
    if (todo && 'event' in todo) return commit(worker, todo.event)
    if (todo) return take(worker, todo.call, todo.fence)
  }

  const tell = (order: Order, event: SagaEvent) => world.workers.unshift({ order, todo: { event } })

  /** The button, pressed again: the draft has one order that isn't failed, by unique index. */
  const submit = () => {
    if (world.orders.some(({ saga }) => saga.state !== 'failed')) return
    const begun = machine.begin()
    const order = newOrder(scenario.card, begun)
    world.orders.push(order)
    if (begun.next) world.workers.unshift({ order, todo: { call: begun.next, fence: 1 } })
  }

  const enabled = (): (() => void)[] => {
    const busy = world.workers.filter(({ todo }) => todo)
    // The first goes on unless another gets a turn, which then goes on in its place.
    const list = busy.map((worker) => () => {
      world.workers = [worker, ...busy.filter((other) => other !== worker)]
      proceed(worker)
    })
    const order = world.orders.at(-1)!
    const { saga, intent } = order
    if (intent.state === 'requires_action' && scenario.prospect !== 'leaves') {
      list.push(() => intent.challenge(scenario.prospect))
    }
    const spontaneous: (() => void)[] = []
    if (!isOver(saga.state) && world.recoveries > 0 && order.wakes) {
      spontaneous.push(() => {
        world.recoveries -= 1
        tell(order, { on: 'due' })
      })
    }
    if (!isOver(saga.state) && world.returns > 0) {
      for (const on of ['returned', 'abandoned'] as const) {
        spontaneous.push(() => {
          world.returns -= 1
          tell(order, { on })
        })
      }
    }
    if (world.duplicates > 0) {
      spontaneous.push(() => {
        world.duplicates -= 1
        submit()
      })
    }
    const back =
      saga.state === 'action_required' && intent.challenged && world.returns > 0 && !busy.length
    if (back) {
      list.push(() => {
        world.returns -= 1
        tell(order, { on: 'returned' })
      })
    }
    // With nobody at work a turn to one of these must not be the only thing left.
    if (list.length === 0 && (world.turns === 0 || spontaneous.length === 0)) return []
    if (list.length === 0) list.push(() => (world.turns = 0))
    for (const [i, arrive] of world.flying.entries()) {
      list.push(() => {
        world.flying.splice(i, 1)
        arrive()
      })
    }
    return [...list, ...spontaneous]
  }

  /** Recovery, as long as any order asks for it; nothing goes wrong any more. */
  const recoverAll = () => {
    world.workers = []
    for (const order of world.orders) {
      while (!isOver(order.saga.state) && order.wakes) {
        const worker: Worker = { order, todo: { event: { on: 'due' } } }
        while (worker.todo) proceed(worker)
        checkAlways(world)
      }
    }
  }

  return { submit, enabled, recoverAll }
}

const newOrder = (card: Card, begun: Step): Order => ({
  saga: begun.state,
  intent: newIntent(card),
  wakes: true,
  customers: 0,
  settled: 0,
  openInvoices: 0,
  welcomed: 0,
  released: 0,
  operatorCalled: false,
})

function save(order: Order, done: Step, seen: Moves) {
  seen.add(`${order.saga.state} → ${done.state.state}`)
  order.saga = done.state
  if (done.wakeSeconds !== 'keep') order.wakes = done.wakeSeconds !== null
  for (const { write } of done.writes) {
    if (write === 'settle') order.settled += 1
    if (write === 'open_invoice') order.openInvoices += 1
    if (write === 'welcome') order.welcomed += 1
    if (write === 'release') order.released += 1
    if (write === 'call_operator') order.operatorCalled = true
  }
}

const must = (holds: boolean, promise: string) => {
  if (!holds) throw new Violation(promise)
}

function checkAlways(world: World) {
  let customers = 0
  for (const { intent, customers: n, saga } of world.orders) {
    customers += n
    must(intent.captures <= 1, 'never two captures for one order')
    must(intent.captures === 0 || n === 1, 'never captured without a customer')
    must(saga.state !== 'failed' || n === 0, 'a failed order leaves nothing')
  }
  must(customers <= 1, 'never two customers from one draft')
}

function checkAtEnd(order: Order) {
  const { saga, intent, customers } = order
  if (saga.state === 'failed') {
    const reserved = intent.state === 'authorized' || intent.state === 'requires_action'
    must(!reserved && intent.captures === 0, 'no authorization is left behind by a failed order')
    must(order.released === 1 && order.welcomed === 0, 'a failed order is released, once')
    return
  }
  if (saga.state === 'completed') {
    const paid = intent.captures === 1 && order.settled === 1 && order.openInvoices === 0
    const owed = intent.captures === 0 && order.settled === 0 && order.openInvoices === 1
    must(customers === 1, 'a completed order has its customer')
    must(paid || owed, 'never a customer without its charge')
    must(order.welcomed === 1 && order.released === 0, 'a customer is welcomed, once')
    return
  }
  must(saga.operatorNeeded && order.operatorCalled, 'what is not decided has an operator called')
}

/** Every move the table allows, as `explore` writes them down. */
export const allMoves: readonly string[] = Object.entries(orderMoves).flatMap(([from, to]) =>
  to.map((state) => `${from} → ${state}`),
)
