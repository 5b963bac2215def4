import { and, eq, sql } from 'drizzle-orm'
import { environments } from '#db/schema/environments.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const mine = (ctx: Ctx) => eq(environments.id, ctx.env)
const held = (ctx: Ctx, lease: string) => and(mine(ctx), eq(environments.clockLease, lease))

/** A worker that says nothing for so long is dead. */
const leaseUntil = sql`now() + interval '20 seconds'`

export const find = (ctx: Ctx) =>
  ctx.db
    .select({
      sandbox: environments.sandbox,
      timeZone: environments.timeZone,
      from: environments.clockFrom,
      target: environments.clockTarget,
      trouble: environments.clockTrouble,
    })
    .from(environments)
    .where(mine(ctx))

/** Says where to, unless it is on its way already. */
export const aim = (ctx: Ctx, from: Date, target: Date) =>
  ctx.db
    .update(environments)
    .set({ clockFrom: from, clockTarget: target, clockTrouble: null })
    .where(and(mine(ctx), eq(environments.sandbox, true), sql`${environments.clockTarget} is null`))
    .returning({ id: environments.id })

/** The work of moving it, unless another worker is at it. */
export const take = (ctx: Ctx, lease: string) =>
  ctx.db
    .update(environments)
    .set({ clockLease: lease, clockLeasedUntil: leaseUntil })
    .where(
      and(
        mine(ctx),
        sql`${environments.clockTarget} is not null`,
        sql`coalesce(${environments.clockLeasedUntil} <= now(), true)`,
      ),
    )
    .returning({ id: environments.id })

export const renew = (ctx: Ctx, lease: string) =>
  ctx.db.update(environments).set({ clockLeasedUntil: leaseUntil }).where(held(ctx, lease))

/** For another worker, or for the next turn. */
export const release = (ctx: Ctx, lease: string) =>
  ctx.db
    .update(environments)
    .set({ clockLease: null, clockLeasedUntil: null })
    .where(held(ctx, lease))

/** Nobody else moves it until commit; nothing where the lease is another's by now. */
export const lock = (ctx: Ctx, lease: string) =>
  ctx.db
    .select({
      timeZone: environments.timeZone,
      from: environments.clockFrom,
      target: environments.clockTarget,
    })
    .from(environments)
    .where(held(ctx, lease))
    .for('no key update')

export const setAhead = (ctx: Ctx, lease: string, ahead: number) =>
  ctx.db
    .update(environments)
    .set({ clockAhead: ahead, clockTrouble: null, clockLeasedUntil: leaseUntil })
    .where(held(ctx, lease))

export const noteTrouble = (ctx: Ctx, lease: string, job: string) =>
  ctx.db.update(environments).set({ clockTrouble: job }).where(held(ctx, lease))

export const arrive = (ctx: Ctx, lease: string) =>
  ctx.db
    .update(environments)
    .set({ clockFrom: null, clockTarget: null, clockTrouble: null })
    .where(held(ctx, lease))
