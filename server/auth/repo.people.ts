import { and, asc, eq, sql } from 'drizzle-orm'
import { users } from '#db/schema/auth.ts'
import type { Role } from '#server/auth/schema.people.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const ofCustomer = (ctx: Ctx, customer: CustomerId) =>
  and(eq(users.env, ctx.env), eq(users.customer, customer), eq(users.realm, 'customer'))

const columns = {
  user: users.id,
  name: users.name,
  login: users.login,
  email: users.email,
  role: users.role,
  status: users.status,
  locale: users.locale,
  invitedAt: users.invitedAt,
  passwordChangedAt: users.passwordChangedAt,
  lastLoginAt: users.lastLoginAt,
  mailsOff: users.mailsOff,
}

export const list = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select(columns)
    .from(users)
    .where(ofCustomer(ctx, customer))
    .orderBy(asc(users.status), asc(users.name), asc(users.id))

/** One at a time, until the end of the transaction. */
export const lockAll = (ctx: Ctx, customer: CustomerId) =>
  ctx.db.execute(
    sql`select pg_advisory_xact_lock(hashtext('people'), ${sql.param(customer)}::int # (${sql.param(ctx.env)}::int << 24))`,
  )

export const setRole = (ctx: Ctx, user: number, role: Role) =>
  ctx.db
    .update(users)
    .set({ role })
    .where(and(eq(users.env, ctx.env), eq(users.id, user)))

/** A person who was made, or comes back, and has no password of their own yet. */
export const setInvited = (
  ctx: Ctx,
  user: number,
  set: Readonly<{ name: string; role: Role; passwordHash?: string }>,
) =>
  ctx.db
    .update(users)
    .set({
      ...set,
      status: 'active',
      invitedAt: ctx.wall,
      passwordChangedAt: null,
      mustChangePassword: true,
    })
    .where(and(eq(users.env, ctx.env), eq(users.id, user)))

export const end = (ctx: Ctx, user: number) =>
  ctx.db
    .update(users)
    .set({ status: 'disabled', endedAt: ctx.wall })
    .where(and(eq(users.env, ctx.env), eq(users.id, user)))
