import { and, eq, lt, notExists, sql } from 'drizzle-orm'
import { type HotStatement, hot } from '#db/prepared.ts'
import { signupDrafts, signupOrders } from '#db/schema/signup.ts'
import type { DraftId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { DraftData } from './schema.ts'

const one = (ctx: Ctx, draft: DraftId) =>
  and(eq(signupDrafts.env, ctx.env), eq(signupDrafts.id, draft))

const byToken = (ctx: Ctx, site: number, tokenHash: string) =>
  and(
    eq(signupDrafts.env, ctx.env),
    eq(signupDrafts.tokenHash, tokenHash),
    eq(signupDrafts.site, site),
  )

export const insert = (ctx: Ctx, row: Omit<typeof signupDrafts.$inferInsert, 'env'>) =>
  ctx.db.insert(signupDrafts).values({ ...row, env: ctx.env })

export const findByToken = (ctx: Ctx, site: number, tokenHash: string) =>
  ctx.db
    .select()
    .from(signupDrafts)
    .where(byToken(ctx, site, tokenHash))

type DraftRow = typeof signupDrafts.$inferSelect

const lockOne: HotStatement = {
  name: 'signup_draft_lock',
  text: `
    select i_env as env, id, i_site as site, token_hash as "tokenHash", version, data, ip, declines,
           created_at as "createdAt", updated_at as "updatedAt", expires_at as "expiresAt",
           resume_mailed_at as "resumeMailedAt"
      from signup_drafts where i_env = $1 and i_site = $2 and token_hash = $3 for update`,
}

/** Locked: two tabs, or two presses of a button, come one after the other. */
export const lockByToken = (ctx: Ctx, site: number, tokenHash: string) =>
  hot<DraftRow>(ctx.db, lockOne, [ctx.env, site, tokenHash])

export const find = (ctx: Ctx, draft: DraftId) =>
  ctx.db.select().from(signupDrafts).where(one(ctx, draft))

export const save = (ctx: Ctx, draft: DraftId, data: DraftData, expiresAt: Date) =>
  ctx.db
    .update(signupDrafts)
    .set({
      data,
      version: sql`${signupDrafts.version} + 1`,
      updatedAt: ctx.wall,
      expiresAt,
    })
    .where(one(ctx, draft))
    .returning()

export const lapseNow = (ctx: Ctx, draft: DraftId) =>
  ctx.db.update(signupDrafts).set({ expiresAt: ctx.wall }).where(one(ctx, draft))

/** Notes a mail, unless one went out after `notAfter`. */
export const noteResumeMail = (ctx: Ctx, draft: DraftId, notAfter: Date) =>
  ctx.db
    .update(signupDrafts)
    .set({ resumeMailedAt: ctx.wall })
    .where(
      and(
        one(ctx, draft),
        sql`coalesce(${signupDrafts.resumeMailedAt} <= ${sql.param(notAfter, signupDrafts.resumeMailedAt)}, true)`,
      ),
    )
    .returning({ id: signupDrafts.id })

export const countDecline = (ctx: Ctx, draft: DraftId) =>
  ctx.db
    .update(signupDrafts)
    .set({ declines: sql`${signupDrafts.declines} + 1` })
    .where(one(ctx, draft))
    .returning({ site: signupDrafts.site })

/** Forgets drafts that lapsed and came to nothing: they hold addresses of people who are no customers. */
export const deleteLapsed = (ctx: Ctx) =>
  ctx.db.delete(signupDrafts).where(
    and(
      eq(signupDrafts.env, ctx.env),
      lt(signupDrafts.expiresAt, ctx.wall),
      notExists(
        ctx.db
          .select({ one: sql`1` })
          .from(signupOrders)
          .where(
            and(eq(signupOrders.env, signupDrafts.env), eq(signupOrders.draft, signupDrafts.id)),
          ),
      ),
    ),
  )
