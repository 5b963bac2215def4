import { invoiceOverdue } from '#server/billing/events.ts'
import { isLittle } from '#server/billing/little.ts'
import * as repo from '#server/billing/repo.dues.ts'
import { addressed, pageOf } from '#server/billing/service.mails.ts'
import { creditLimitReached } from '#server/customers/events.ts'
import * as dues from '#server/customers/service.billing.ts'
import * as customers from '#server/customers/service.ts'
import { publish } from '#server/events/service.ts'
import { addDays, dayIn } from '#server/kernel/civil.ts'
import { compare, money, toDecimal } from '#server/kernel/money.ts'
import { bill } from '#server/mail/service.bills.ts'
import { takeExpiring } from '#server/payments/service.methods.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

const atOnce = 50

/**
 * What follows when nobody pays: invoices become overdue the day after they were due, service is
 * suspended when the class's patience is over, but for what is little; balances that are high, or too high, are told, and cards
 * that expire. Each is told once, with what it tells of. Any number of workers may do it.
 */
export async function remind(edge: Edge, publicUrl: string): Promise<void> {
  await whileFull(edge, (ctx) => markOverdue(ctx, publicUrl))
  await whileFull(edge, (ctx) => suspendOverdue(ctx, publicUrl))
  await whileFull(edge, (ctx) => watchLimits(ctx, publicUrl))
  await whileFull(edge, (ctx) => tellExpiring(ctx, publicUrl))
}

async function whileFull(edge: Edge, some: (ctx: Ctx) => Promise<number>): Promise<void> {
  while ((await unitOfWork(edge, some)) === atOnce);
}

async function markOverdue(ctx: Ctx, publicUrl: string): Promise<number> {
  const rows = await repo.takeOverdue(ctx, atOnce)
  for (const { invoice } of rows) {
    const due = (await repo.findDue(ctx, invoice))!
    const { customer, number, currency, open: amount, dueOn, suspendDays } = due
    await publish(
      ctx,
      invoiceOverdue(customer, invoice, { number, total: toDecimal(amount), currency }),
    )
    const stops = suspendDays !== null && !isLittle(amount, currency)
    const suspendsOn = stops ? addDays(dueOn, suspendDays) : null
    await bill(
      ctx,
      addressed(await customers.find(ctx, customer)),
      { kind: 'invoice_overdue', number, amount, currency, dueOn, suspendsOn },
      { billingUrl: pageOf(publicUrl, invoice), invoice },
    )
  }
  return rows.length
}

async function suspendOverdue(ctx: Ctx, publicUrl: string): Promise<number> {
  const found = (await repo.toSuspend(ctx, atOnce)).map(({ customer }) => customer)
  // Whoever pays meanwhile has moved the balance: it is paid before we look again, or restored after.
  await dues.lock(ctx, ...found)
  for (const { customer, currency, open: amount } of await repo.tooLateAmong(ctx, found)) {
    if (!(await dues.suspend(ctx, customer, 'overdue'))) continue
    await bill(
      ctx,
      addressed(await customers.find(ctx, customer)),
      { kind: 'service_suspended', amount, currency },
      { billingUrl: `${publicUrl}/billing/invoices` },
    )
  }
  return found.length
}

/** Balances that crossed a limit: told when they rise above it, forgotten when they are below again. */
async function watchLimits(ctx: Ctx, publicUrl: string): Promise<number> {
  const rows = await dues.atLimits(ctx, atOnce)
  const billingUrl = `${publicUrl}/billing`
  for (const one of rows) {
    const { customer, currency } = one
    const amount = money(one.balance)
    const limit = one.creditLimit === null ? null : money(one.creditLimit)
    const warning = one.balanceWarning === null ? null : money(one.balanceWarning)
    const over = limit !== null && compare(amount, limit) > 0
    const high = warning !== null && compare(amount, warning) >= 0
    if (!(await dues.setTold(ctx, one, { high, over }))) continue

    if (over && !one.limitTold) {
      const payload = { balance: one.balance, limit: toDecimal(limit), currency }
      await publish(ctx, creditLimitReached(customer, payload))
      await bill(
        ctx,
        one,
        { kind: 'credit_limit_reached', amount, currency, limit },
        { billingUrl },
      )
      if (one.suspendOverLimit) await dues.suspend(ctx, customer, 'credit_limit')
    }
    if (high && !one.warned) {
      await bill(
        ctx,
        one,
        { kind: 'balance_warning', amount, currency, limit: warning },
        { billingUrl },
      )
    }
    if (!over && one.limitTold) await restore(ctx, [customer], 'credit_limit')
  }
  return rows.length
}

async function tellExpiring(ctx: Ctx, publicUrl: string): Promise<number> {
  // Cards are good to the end of their month, wherever: by the first calendar to get there.
  const today = dayIn('Pacific/Kiritimati', ctx.now)
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const cards = await takeExpiring(ctx, { year, month }, atOnce)
  for (const { customer, brand, last4, expMonth, expYear } of cards) {
    await bill(
      ctx,
      addressed(await customers.find(ctx, customer)),
      { kind: 'card_expiring', card: { brand, last4 }, month: expMonth, year: expYear },
      { billingUrl: `${publicUrl}/billing/card` },
    )
  }
  return cards.length
}

/** Service goes on for those of whom nothing is overdue any more: in the transaction that paid it. */
export async function restorePaid(ctx: Ctx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const late = new Set((await repo.overdueAmong(ctx, ids)).map(({ customer }) => customer))
  await restore(
    ctx,
    ids.filter((id) => !late.has(id)),
    'overdue',
  )
}

async function restore(
  ctx: Ctx,
  ids: readonly number[],
  reason: 'overdue' | 'credit_limit',
): Promise<void> {
  for (const id of ids) {
    const customer = id as dues.Billed['customer']
    if (!(await dues.restore(ctx, customer, reason))) continue
    await bill(ctx, addressed(await customers.find(ctx, customer)), { kind: 'service_restored' })
  }
}
