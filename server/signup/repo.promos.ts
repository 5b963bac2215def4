import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { promoCodes, signupSites } from '#db/schema/signup.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

export const sites = (ctx: Ctx) =>
  ctx.db
    .select({
      site: signupSites.id,
      title: signupSites.title,
      customerClass: signupSites.customerClass,
    })
    .from(signupSites)
    .where(eq(signupSites.env, ctx.env))
    .orderBy(asc(signupSites.id))

/**
 * Of completed signups, by what was agreed to: a code that ended before the button was pressed, or that
 * had nothing to take off, wasn't used. A draft keeps the code as it is written here.
 */
const used = sql<number>`(
  select count(*)::int
    from signup_orders o
    join signup_drafts d on d.i_env = o.i_env and d.id = o.i_draft
   where o.i_env = promo_codes.i_env and o.submitted->>'promo' = promo_codes.code::text
     and o.i_customer is not null and d.i_site = promo_codes.i_site
     and (o.quote @> '{"lines": [{"kind": "discount"}]}' or o.quote @> '{"later": [{}]}'))`

/** Each code, with how often it was used. */
export const list = (ctx: Ctx) =>
  ctx.db
    .select({ ...getTableColumns(promoCodes), used })
    .from(promoCodes)
    .where(eq(promoCodes.env, ctx.env))
    .orderBy(asc(promoCodes.site), asc(promoCodes.code))

export const insert = (ctx: Ctx, promo: Omit<typeof promoCodes.$inferInsert, 'env'>) =>
  ctx.db.insert(promoCodes).values({ ...promo, env: ctx.env })

const one = (ctx: Ctx, site: number, code: string) =>
  and(eq(promoCodes.env, ctx.env), eq(promoCodes.site, site), eq(promoCodes.code, code))

export const lock = (ctx: Ctx, site: number, code: string) =>
  ctx.db
    .select()
    .from(promoCodes)
    .where(one(ctx, site, code))
    .for('update')

export const setEnd = (ctx: Ctx, site: number, code: string, validUntil: Date | null) =>
  ctx.db
    .update(promoCodes)
    .set({ validUntil })
    .where(one(ctx, site, code))
