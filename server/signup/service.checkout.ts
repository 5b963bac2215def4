import { randomUUID } from 'node:crypto'
import * as audit from '#server/audit/service.ts'
import { publish } from '#server/events/service.ts'
import { Refusal } from '#server/kernel/errors.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { money, toMajor } from '#server/kernel/money.ts'
import type { Hold } from '#server/numbers/schema.ts'
import * as numbers from '#server/numbers/service.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'
import { type App, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { draftChanged, incomplete, numberTaken, planUnknown, priceChanged } from './errors.ts'
import { orderSubmitted } from './events.ts'
import * as orders from './repo.orders.ts'
import { begin } from './saga.ts'
import type { Continue, OrderView, Quote, SiteRef, Submit } from './schema.ts'
import { checkProof, countAttempt, type Proof } from './service.abuse.ts'
import {
  type Draft,
  deviceOf,
  findDraft,
  languageOf,
  latestOrder,
  lockDraft,
} from './service.draft.ts'
import { drive, follow, type OrderRef } from './service.drive.ts'
import { priceOf } from './service.quote.ts'
import { type Task, taskOf, toPay } from './service.step.ts'
import { type Desk, demandOpen, enter, type Visit } from './service.visit.ts'
import { nextStep } from './steps.ts'
import { orderView } from './views.ts'

/** A page asks again after this; the checkout goes on meanwhile. */
const answerWithinMs = 8_000

/**
 * Signs up: records the order, then pays, provisions and captures, each step recorded before it is
 * taken. Pressing twice, or sending it again, is pressing once.
 *
 * @returns where it stands: done, declined, waiting for the bank's challenge, or still being worked on
 * @throws not_found `signup.plan_unknown`; conflict `signup.draft_changed`, `signup.incomplete`,
 *   `signup.price_changed`, `signup.number_taken`; too_many `signup.too_many_declines`,
 *   `signup.too_many`; invalid `signup.proof_invalid`, gone `signup.proof_lapsed`
 */
export async function submit(visit: Visit, input: Submit): Promise<OrderView> {
  const desk = await enter(visit, input.site)
  // Who presses again is told how the order stands, whatever has become of the proof meanwhile.
  const proof = await checkProof(input.proof, visit.outside.proofKey).catch(asRefusal)
  const placed = await unitOfWork(desk.asSystem, (ctx) => place(ctx, desk, input, proof))
  const saga =
    placed && (await inTime(visit, follow(visit.edge, visit.outside, placed.ref, placed.task)))
  // A number that was lost is answered with others like it.
  if (!saga || saga.failureCode === 'number_taken') return demandOrder(desk)
  return orderView({ ...saga, key: input.key }, [])
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}

type Placed = Readonly<{ ref: OrderRef; task: Task | undefined }>

/** The first transaction: all that can be refused is refused here, before anybody hears of a card. */
async function place(
  ctx: Ctx,
  desk: Desk,
  input: Submit,
  proof: Proof | Refusal,
): Promise<Placed | undefined> {
  // Locked first, so whoever pressed at the same moment has been before us, or comes after.
  const [draft, [known]] = await together(
    lockDraft(ctx, desk),
    orders.known(ctx, desk.tokenHash, input.key),
  )
  if (known) return undefined
  demandOpen(desk)
  if (proof instanceof Refusal) throw proof
  if (draft.version !== input.version) throw draftChanged()

  const { data } = draft
  const { address, number, device } = data
  const [phone, { quote, sold }] = await together(
    device ? deviceOf(ctx, desk, device) : null,
    priceOf(ctx, desk.site, data),
  )
  // Nothing could be made of it, once the money is there.
  if (!sold) throw planUnknown()
  if (!address || !number || !phone) throw incomplete(nextStep(data, number !== undefined, false))
  demandSamePrice(quote, input.dueToday)
  const [hold] = await together(
    keepNumber(ctx, desk, draft, number),
    countAttempt(ctx, desk, draft, proof),
  )

  return record(ctx, desk, draft, input, quote, hold)
}

function demandSamePrice(quote: Quote, shown: string): void {
  const due = money(quote.dueToday)
  if (due !== money(shown)) throw priceChanged(toMajor(due, quote.currency), quote.currency)
}

/** A hold that lapsed is taken again; where somebody else was faster, the nearest are offered. */
async function keepNumber(ctx: Ctx, desk: Desk, draft: Draft, number: string): Promise<Hold> {
  const pool = desk.site.numberPool
  try {
    return await numbers.retake(ctx, { number, pool, draft: draft.id, ip: ctx.actor.ip })
  } catch (error) {
    if ((error as { code?: string }).code !== 'numbers.taken') throw error
    const others = await numbers.nearest(ctx, { number, pool, n: 6 })
    throw numberTaken(
      number,
      others.map((other) => other.number),
    )
  }
}

async function record(
  ctx: Ctx,
  desk: Desk,
  draft: Draft,
  input: Submit,
  quote: Quote,
  { holdId }: Hold,
): Promise<Placed> {
  const first = begin()
  const { state, wakeSeconds } = first
  const intended = {
    key: `signup-${randomUUID()}`,
    amount: money(quote.dueToday),
    currency: quote.currency,
    gateway: desk.visit.outside.gateway.name,
    purpose: 'signup' as const,
  }
  const payment = await payments.intend(ctx, intended)
  const [row] = await orders.insert(ctx, {
    draft: draft.id,
    key: input.key,
    state: state.state,
    fence: state.fence,
    quote,
    submitted: { ...draft.data, locale: languageOf(desk, draft) },
    holdId,
    payment,
    cardToken: input.cardToken,
    nextTryAt: new Date(ctx.wall.getTime() + Number(wakeSeconds) * 1000),
    ip: ctx.actor.ip,
    createdAt: ctx.wall,
    updatedAt: ctx.wall,
  })
  const order = row!.order

  await publish(ctx, orderSubmitted(order, null, { site: desk.site.slug, plan: draft.data.plan }))
  await audit.done(ctx, {
    action: 'signup.submit',
    entity: 'signup_order',
    entityId: String(order),
    after: { plan: draft.data.plan, dueToday: quote.dueToday, terms: desk.site.termsUrl },
  })
  const task = taskOf(first, toPay(intended, input.cardToken))
  return { ref: { env: ctx.env as EnvId, order, payment }, task }
}

/** Waits for work, but not longer than a page can; what isn't done then goes on, and is polled for. */
async function inTime<T>({ edge }: { edge: App }, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), answerWithinMs)
  })
  const done = work.catch((error: unknown) => {
    // The order is on record: recovery goes on where this stopped.
    edge.log.error({ err: error }, 'checkout interrupted')
    return undefined
  })
  const first = await Promise.race([done, late])
  clearTimeout(timer)
  return first
}

async function demandOrder(desk: Desk): Promise<OrderView> {
  const view = await unitOfWork(desk.edge, async (ctx) => {
    const draft = await findDraft(ctx, desk)
    return draft && latestOrder(ctx, desk, draft)
  })
  if (!view) throw incomplete('payment')
  return view
}

/** Where this browser's checkout stands; null before there is one. */
export async function order(visit: Visit, { site: slug }: SiteRef): Promise<OrderView | null> {
  const desk = await enter(visit, slug)
  return unitOfWork(desk.edge, async (ctx) => {
    const draft = desk.tokenHash ? await findDraft(ctx, desk) : undefined
    return (draft && (await latestOrder(ctx, desk, draft))) ?? null
  })
}

/** The prospect is back from the bank's page: the gateway is asked what came of it. */
export async function continueAfterChallenge(visit: Visit, input: Continue): Promise<OrderView> {
  const desk = await enter(visit, input.site)
  const waiting = await unitOfWork(desk.asSystem, async (ctx) => {
    const draft = await lockDraft(ctx, desk)
    const [live] = await orders.live(ctx, draft.id)
    return live && { env: ctx.env, order: live.id, payment: live.payment }
  })
  if (waiting) {
    const event = { on: input.gaveUp ? 'abandoned' : 'returned' } as const
    await inTime(visit, drive(visit.edge, visit.outside, waiting, event))
  }
  return demandOrder(desk)
}
