import { z } from 'zod'
import { zPayInvoice, zPaymentRef, zReplaceCard } from '#server/billing/schema.card.ts'
import { zSetBillingDay } from '#server/billing/schema.day.ts'
import { zEndDiscount, zGiveDiscount } from '#server/billing/schema.discounts.ts'
import {
  zRecordPayment,
  zRefundPayment,
  zVoidInvoice,
  zWriteLedger,
  zWriteOff,
} from '#server/billing/schema.ledger.ts'
import { zPaymentsFor } from '#server/billing/schema.payments.ts'
import { zParked, zRunsQuery } from '#server/billing/schema.runs.ts'
import {
  zInvoiceQuery,
  zInvoiceQueryFor,
  zInvoiceRef,
  zLedgerQuery,
  zLedgerQueryFor,
  zPreviewChange,
  zPreviewChangeFor,
  zStatementQuery,
  zStatementQueryFor,
} from '#server/billing/schema.ts'
import * as cards from '#server/billing/service.card.ts'
import * as days from '#server/billing/service.day.ts'
import * as discounts from '#server/billing/service.discounts.ts'
import * as ledger from '#server/billing/service.ledger.ts'
import * as paying from '#server/billing/service.pay.ts'
import * as payments from '#server/billing/service.payments.ts'
import * as previews from '#server/billing/service.preview.ts'
import * as revenue from '#server/billing/service.revenue.ts'
import * as runs from '#server/billing/service.runs.ts'
import * as subscriptions from '#server/billing/service.subscriptions.ts'
import * as billing from '#server/billing/service.ts'
import * as views from '#server/billing/service.views.ts'
import { writeOff } from '#server/billing/service.write-off.ts'
import { procedure, router, work } from '#server/trpc/init.ts'

const zCustomer = z.strictObject({ customer: z.number().int().positive() })

export const billingRouter = router({
  balance: procedure('customer:read').query(work(billing.balance)),

  upcoming: procedure('billing:read').query(work(previews.upcoming)),
  next: procedure('billing:read').query(work(previews.next)),
  upcomingFor: procedure('billing:read_any').input(zCustomer).query(work(previews.upcomingFor)),
  // Asks and changes nothing: lists of accounts are too long for an address.
  preview: procedure('billing:read').input(zPreviewChange).mutation(work(previews.preview)),
  previewFor: procedure('billing:read_any')
    .input(zPreviewChangeFor)
    .mutation(work(previews.previewFor)),

  invoices: procedure('billing:read').input(zInvoiceQuery).query(work(views.invoices)),
  invoicesFor: procedure('billing:read_any').input(zInvoiceQueryFor).query(work(views.invoicesFor)),
  invoice: procedure('billing:read').input(zInvoiceRef).query(work(views.invoice)),
  invoiceFor: procedure('billing:read_any').input(zInvoiceRef).query(work(views.invoiceFor)),

  ledger: procedure('billing:read').input(zStatementQuery).query(work(views.ledger)),
  ledgerFor: procedure('billing:read_any').input(zStatementQueryFor).query(work(views.ledgerFor)),
  blockedDays: procedure('billing:read').input(zLedgerQuery).query(work(views.blockedDays)),
  blockedDaysFor: procedure('billing:read_any')
    .input(zLedgerQueryFor)
    .query(work(views.blockedDaysFor)),

  card: procedure('billing:read').query(({ ctx }) =>
    work((unit) => cards.card(unit, ctx.outside))({ ctx, input: undefined }),
  ),
  replaceCard: procedure('billing:write')
    .input(zReplaceCard)
    .mutation(({ ctx, input }) => paying.replaceCard(ctx.edge, ctx.outside, input)),
  setAutoPay: procedure('billing:write')
    .input(z.strictObject({ on: z.boolean() }))
    .mutation(work(cards.setAutoPay)),
  pay: procedure('billing:write')
    .input(zPayInvoice)
    .mutation(({ ctx, input }) => paying.pay(ctx.edge, ctx.outside, input)),
  goOn: procedure('billing:write')
    .input(zPaymentRef)
    .mutation(({ ctx, input }) => paying.goOn(ctx.edge, ctx.outside, input)),
  subscriptions: procedure('billing:read')
    .input(zLedgerQuery)
    .query(work(subscriptions.subscriptions)),
  subscriptionsFor: procedure('billing:read_any')
    .input(zLedgerQueryFor)
    .query(work(subscriptions.subscriptionsFor)),
  giveDiscount: procedure('billing:write_any')
    .input(zGiveDiscount)
    .mutation(work(discounts.giveDiscount)),
  endDiscount: procedure('billing:write_any')
    .input(zEndDiscount)
    .mutation(work(discounts.endDiscount)),

  paymentsFor: procedure('billing:read_any').input(zPaymentsFor).query(work(payments.paymentsFor)),

  dayFor: procedure('classes:read').input(zCustomer).query(work(days.billingDay)),
  setDay: procedure('customers:write').input(zSetBillingDay).mutation(work(days.setBillingDay)),

  revenue: procedure('billing:run').query(work(revenue.revenue)),
  runs: procedure('billing:run').input(zRunsQuery).query(work(runs.runs)),
  parked: procedure('billing:run').query(work(runs.parked)),
  countParked: procedure('billing:run').query(work(runs.countParked)),
  release: procedure('billing:run').input(zParked).mutation(work(runs.release)),
  runNow: procedure('billing:run').mutation(({ ctx }) => runs.runNow(ctx.edge, ctx.outside)),

  write: procedure('billing:write_any').input(zWriteLedger).mutation(work(ledger.write)),
  recordPayment: procedure('billing:write_any')
    .input(zRecordPayment)
    .mutation(work(ledger.recordPayment)),
  refund: procedure('billing:write_any')
    .input(zRefundPayment)
    .mutation(({ ctx, input }) => ledger.refund(ctx.edge, ctx.outside, input)),
  void: procedure('billing:write_any').input(zVoidInvoice).mutation(work(ledger.voidInvoice)),
  writeOff: procedure('billing:write_any').input(zWriteOff).mutation(work(writeOff)),
})
