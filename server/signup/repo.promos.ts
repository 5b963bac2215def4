import { and, asc, eq } from 'drizzle-orm'
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

export const list = (ctx: Ctx) =>
  ctx.db
    .select()
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
