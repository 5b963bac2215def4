import { and, asc, count, desc, eq, isNotNull, lte, ne, notInArray, or } from 'drizzle-orm'
import { signupOrders } from '#db/schema/signup.ts'
import type { DraftId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export type OrderRow = typeof signupOrders.$inferSelect

const one = (ctx: Ctx, order: number) =>
  and(eq(signupOrders.env, ctx.env), eq(signupOrders.id, order))

const ofDraft = (ctx: Ctx, draft: DraftId) =>
  and(eq(signupOrders.env, ctx.env), eq(signupOrders.draft, draft))

export const insert = (ctx: Ctx, row: Omit<typeof signupOrders.$inferInsert, 'env'>) =>
  ctx.db
    .insert(signupOrders)
    .values({ ...row, env: ctx.env })
    .returning({ order: signupOrders.id })

export const latest = (ctx: Ctx, draft: DraftId) =>
  ctx.db
    .select()
    .from(signupOrders)
    .where(ofDraft(ctx, draft))
    .orderBy(desc(signupOrders.id))
    .limit(1)

/** The order of this press of the button, or whichever is under way or done. */
export const known = (ctx: Ctx, draft: DraftId, key: string) =>
  ctx.db
    .select({ order: signupOrders.id })
    .from(signupOrders)
    .where(
      and(ofDraft(ctx, draft), or(eq(signupOrders.key, key), ne(signupOrders.state, 'failed'))),
    )
    .limit(1)

/** The one order of a draft that is under way or done. */
export const live = (ctx: Ctx, draft: DraftId) =>
  ctx.db
    .select()
    .from(signupOrders)
    .where(and(ofDraft(ctx, draft), ne(signupOrders.state, 'failed')))

export const lock = (ctx: Ctx, order: number) =>
  ctx.db.select().from(signupOrders).where(one(ctx, order)).for('update')

/** Saves a step, if nobody has gone on since: the fence tells. */
export const save = (
  ctx: Ctx,
  order: number,
  fence: number,
  set: Partial<Omit<typeof signupOrders.$inferInsert, 'env' | 'id'>>,
) =>
  ctx.db
    .update(signupOrders)
    .set({ ...set, updatedAt: ctx.now })
    .where(and(one(ctx, order), eq(signupOrders.fence, fence)))
    .returning({ order: signupOrders.id })

const unfinished = (ctx: Ctx) =>
  and(eq(signupOrders.env, ctx.env), notInArray(signupOrders.state, ['completed', 'failed']))

/** Orders whose time has come, the longest waiting first; those another node is at are left to it. */
export const due = (ctx: Ctx, n: number) =>
  ctx.db
    .select({ order: signupOrders.id })
    .from(signupOrders)
    .where(and(unfinished(ctx), lte(signupOrders.nextTryAt, ctx.now)))
    .orderBy(asc(signupOrders.nextTryAt))
    .limit(n)
    .for('update', { skipLocked: true })

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
