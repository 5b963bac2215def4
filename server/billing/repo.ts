import { and, eq, sql } from 'drizzle-orm'
import { invoiceCounters, invoiceLines, invoices, ledgerEntries } from '#db/schema/billing.ts'
import type { Money } from '#server/kernel/money.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

/** The next number; its row stays locked until commit, so a rollback leaves no gap. */
export const nextNumber = (ctx: Ctx) =>
  ctx.db
    .insert(invoiceCounters)
    .values({ env: ctx.env, last: 1 })
    .onConflictDoUpdate({
      target: invoiceCounters.env,
      set: { last: sql`${invoiceCounters.last} + 1` },
    })
    .returning({ n: invoiceCounters.last })

export const insertInvoice = (ctx: Ctx, row: Omit<typeof invoices.$inferInsert, 'env'>) =>
  ctx.db
    .insert(invoices)
    .values({ ...row, env: ctx.env })
    .returning({ invoice: invoices.id })

export const insertLines = (ctx: Ctx, rows: Omit<typeof invoiceLines.$inferInsert, 'env'>[]) =>
  ctx.db.insert(invoiceLines).values(rows.map((row) => ({ ...row, env: ctx.env })))

export const insertEntries = (ctx: Ctx, rows: Omit<typeof ledgerEntries.$inferInsert, 'env'>[]) =>
  ctx.db.insert(ledgerEntries).values(rows.map((row) => ({ ...row, env: ctx.env })))

export const lockInvoice = (ctx: Ctx, invoice: number) =>
  ctx.db
    .select()
    .from(invoices)
    .where(and(eq(invoices.env, ctx.env), eq(invoices.id, invoice)))
    .for('update')

export const markPaid = (ctx: Ctx, invoice: number, paid: Money) =>
  ctx.db
    .update(invoices)
    .set({ state: 'paid', paid })
    .where(and(eq(invoices.env, ctx.env), eq(invoices.id, invoice)))
