import { and, asc, count, desc, eq, isNotNull, lte, ne, notInArray } from 'drizzle-orm'
import { type HotStatement, hot, insertOf, run } from '#db/prepared.ts'
import { signupOrders } from '#db/schema/signup.ts'
import type { DraftId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export type OrderRow = typeof signupOrders.$inferSelect

const one = (ctx: Ctx, order: number) =>
  and(eq(signupOrders.env, ctx.env), eq(signupOrders.id, order))

const ofDraft = (ctx: Ctx, draft: DraftId) =>
  and(eq(signupOrders.env, ctx.env), eq(signupOrders.draft, draft))

const insertOne = insertOf(
  signupOrders,
  [
    'env',
    'draft',
    'key',
    'state',
    'fence',
    'quote',
    'submitted',
    'holdId',
    'payment',
    'cardToken',
    'nextTryAt',
    'ip',
    'createdAt',
    'updatedAt',
  ],
  'id as "order"',
)

export const insert = (ctx: Ctx, row: Omit<Parameters<typeof insertOne>[0], 'env'>) =>
  run<{ order: number }>(ctx.db, insertOne({ ...row, env: ctx.env }))

export const latest = (ctx: Ctx, draft: DraftId) =>
  ctx.db
    .select()
    .from(signupOrders)
    .where(ofDraft(ctx, draft))
    .orderBy(desc(signupOrders.id))
    .limit(1)

const knownByPress: HotStatement = {
  name: 'signup_known_order',
  text: `
    select o.id as "order"
      from signup_drafts d join signup_orders o on o.i_env = d.i_env and o.i_draft = d.id
     where d.i_env = $1 and d.token_hash = $2 and (o.key = $3 or o.state <> 'failed')
     limit 1`,
}

/** The order of this press of the button, or whichever of the draft is under way or done. */
export const known = (ctx: Ctx, tokenHash: string, key: string) =>
  hot<{ order: number }>(ctx.db, knownByPress, [ctx.env, tokenHash, key])

/** The one order of a draft that is under way or done. */
export const live = (ctx: Ctx, draft: DraftId) =>
  ctx.db
    .select()
    .from(signupOrders)
    .where(and(ofDraft(ctx, draft), ne(signupOrders.state, 'failed')))

const lockOne: HotStatement = {
  name: 'signup_order_lock',
  text: `
    select i_env as env, id, i_draft as draft, key, state, fence, quote, submitted,
           hold_id as "holdId", i_payment as payment, card_token as "cardToken",
           challenge_url as "challengeUrl", failure_code as "failureCode", result,
           credentials_sealed as "credentialsSealed", i_customer as customer, tries,
           next_try_at as "nextTryAt", operator_needed_at as "operatorNeededAt", ip,
           created_at as "createdAt", updated_at as "updatedAt"
      from signup_orders where i_env = $1 and id = $2 for update`,
}

export const lock = (ctx: Ctx, order: number) => hot<OrderRow>(ctx.db, lockOne, [ctx.env, order])

const saveStep: HotStatement = {
  name: 'signup_order_save',
  text: `
    update signup_orders
       set state = $4, fence = $5, tries = $6, i_customer = $7, challenge_url = $8, failure_code = $9,
           operator_needed_at = $10, next_try_at = $11, card_token = $12,
           result = coalesce($13, result), credentials_sealed = coalesce($14, credentials_sealed),
           updated_at = $15
     where i_env = $1 and id = $2 and fence = $3
    returning id as "order"`,
}

/** Where a step leaves an order, and what was made of it. */
export type Stepped = Pick<
  OrderRow,
  | 'state'
  | 'fence'
  | 'tries'
  | 'customer'
  | 'challengeUrl'
  | 'failureCode'
  | 'operatorNeededAt'
  | 'nextTryAt'
  | 'cardToken'
> &
  Partial<Pick<OrderRow, 'result' | 'credentialsSealed'>>

/** Saves a step, if nobody has gone on since: the fence tells. */
export const save = (ctx: Ctx, order: number, fence: number, step: Stepped) =>
  hot<{ order: number }>(ctx.db, saveStep, [
    ctx.env,
    order,
    fence,
    step.state,
    step.fence,
    step.tries,
    step.customer,
    step.challengeUrl,
    step.failureCode,
    step.operatorNeededAt,
    step.nextTryAt,
    step.cardToken,
    step.result && JSON.stringify(step.result),
    step.credentialsSealed,
    ctx.wall,
  ])

/** Of an order that is only known by its number. */
export const paymentOf = (ctx: Ctx, order: number) =>
  ctx.db.select({ payment: signupOrders.payment }).from(signupOrders).where(one(ctx, order))

const unfinished = (ctx: Ctx) =>
  and(eq(signupOrders.env, ctx.env), notInArray(signupOrders.state, ['completed', 'failed']))

/** Orders whose time has come, the longest waiting first; those another node is at are left to it. */
export const due = (ctx: Ctx, n: number) =>
  ctx.db
    .select({ order: signupOrders.id, payment: signupOrders.payment })
    .from(signupOrders)
    .where(and(unfinished(ctx), lte(signupOrders.nextTryAt, ctx.wall)))
    .orderBy(asc(signupOrders.nextTryAt))
    .limit(n)
    .for('update', { skipLocked: true })

/** The order that is under way with a payment. */
export const ofPayment = (ctx: Ctx, payment: number) =>
  ctx.db
    .select({ order: signupOrders.id })
    .from(signupOrders)
    .where(and(unfinished(ctx), eq(signupOrders.payment, payment)))

export const waitingForOperator = (ctx: Ctx) =>
  ctx.db
    .select({ n: count() })
    .from(signupOrders)
    .where(and(unfinished(ctx), isNotNull(signupOrders.operatorNeededAt)))

/** Takes the sealed first passwords away: whoever gets them is the only one. */
export const takeCredentials = (ctx: Ctx, order: number) =>
  ctx.db
    .update(signupOrders)
    .set({ credentialsSealed: null })
    .where(and(one(ctx, order), isNotNull(signupOrders.credentialsSealed)))
    .returning({ order: signupOrders.id })
