import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { insertOf } from '#db/prepared.ts'
import { mails } from '#db/schema/mail.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const insertOne = insertOf(mails, [
  'env',
  'customer',
  'to',
  'kind',
  'subject',
  'text',
  'html',
  'attachments',
  'state',
  'nextTryAt',
  'createdAt',
])

export const insert = (ctx: Ctx, row: Omit<Parameters<typeof insertOne>[0], 'env'>) =>
  insertOne({ ...row, env: ctx.env })

const due = (ctx: Ctx) =>
  and(eq(mails.env, ctx.env), eq(mails.state, 'queued'), lte(mails.nextTryAt, ctx.wall))

/** Takes mails that are due for `leaseUntil`; those another node is at are left to it. */
export const lease = (ctx: Ctx, n: number, leaseUntil: Date) => {
  const ids = ctx.db
    .select({ id: mails.id })
    .from(mails)
    .where(due(ctx))
    .orderBy(asc(mails.nextTryAt))
    .limit(n)
    .for('update', { skipLocked: true })
  return ctx.db
    .update(mails)
    .set({ nextTryAt: leaseUntil, tries: sql`${mails.tries} + 1` })
    .where(and(eq(mails.env, ctx.env), sql`${mails.id} in (${ids})`))
    .returning({
      id: mails.id,
      to: mails.to,
      subject: mails.subject,
      text: mails.text,
      html: mails.html,
      attachments: mails.attachments,
      tries: mails.tries,
    })
}

export const setState = (
  ctx: Ctx,
  id: number,
  set: Partial<Pick<typeof mails.$inferInsert, 'state' | 'sentAt' | 'nextTryAt' | 'text' | 'html'>>,
) =>
  ctx.db
    .update(mails)
    .set(set)
    .where(and(eq(mails.env, ctx.env), eq(mails.id, id)))

/** Without a mail server they stay here, to be read by an administrator. */
export const keepAll = (ctx: Ctx) =>
  ctx.db.update(mails).set({ state: 'kept' }).where(due(ctx)).returning({ id: mails.id })
