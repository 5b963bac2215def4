import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { users } from '#db/schema/auth.ts'
import type { CustomerId, UserId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** Those who can sign in; somebody who was invited and hasn't come is not told yet. */
const reached = (ctx: Ctx, customer: CustomerId) =>
  and(
    eq(users.env, ctx.env),
    eq(users.customer, customer),
    eq(users.status, 'active'),
    isNotNull(users.email),
    or(isNull(users.invitedAt), isNotNull(users.passwordChangedAt)),
  )

const address = { email: sql<string>`${users.email}`, locale: users.locale }

export const wanting = (ctx: Ctx, customer: CustomerId, kind: string) =>
  ctx.db
    .select(address)
    .from(users)
    .where(
      and(
        reached(ctx, customer),
        eq(users.realm, 'customer'),
        sql`not ${users.mailsOff} @> array[${kind}]::text[]`,
      ),
    )
    .orderBy(users.id)

/** A reseller's people pay for it, as a customer's do. */
export const paying = (ctx: Ctx, customer: CustomerId) =>
  ctx.db
    .select({ ...address, off: users.mailsOff })
    .from(users)
    .where(
      and(
        reached(ctx, customer),
        inArray(users.realm, ['customer', 'reseller']),
        sql`${users.role} is distinct from 'read_only'`,
      ),
    )
    .orderBy(users.id)

const mine = (ctx: Ctx, user: UserId) => and(eq(users.env, ctx.env), eq(users.id, user))

export const find = (ctx: Ctx, user: UserId) =>
  ctx.db
    .select({ name: users.name, email: users.email, off: users.mailsOff })
    .from(users)
    .where(mine(ctx, user))

/** While nobody else changes it. */
export const lock = (ctx: Ctx, user: UserId) => find(ctx, user).for('no key update')

export const setOff = (ctx: Ctx, user: UserId, mailsOff: string[]) =>
  ctx.db.update(users).set({ mailsOff }).where(mine(ctx, user))
