import { demand } from '#server/auth/rights.ts'
import { type Closing, closing } from '#server/billing/cycle.ts'
import { type BillLine, billOf, type PricedLine } from '#server/billing/invoice.ts'
import { propose } from '#server/billing/propose.ts'
import type {
  BillLineView,
  NextInvoice,
  PreviewChange,
  PreviewChangeFor,
  PricePreview,
  SubscriptionFacts,
  UpcomingView,
} from '#server/billing/schema.ts'
import { factsOf } from '#server/billing/service.facts.ts'
import { linesOf } from '#server/billing/service.run.ts'
import { taxBook } from '#server/billing/service.tax.ts'
import { decideTax } from '#server/billing/tax.ts'
import { cycleOf, type Fees } from '#server/catalog/schema.ts'
import * as catalog from '#server/catalog/service.ts'
import * as billed from '#server/customers/service.billing.ts'
import * as customers from '#server/customers/service.ts'
import {
  type CivilDate,
  dayIn,
  daysIn,
  earlier,
  later,
  overlap,
  type Period,
} from '#server/kernel/civil.ts'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import {
  type Money,
  negate,
  portion,
  subtract,
  sum,
  toDecimal,
  zero,
} from '#server/kernel/money.ts'
import { aMonth } from '#server/kernel/proration.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'

/** My next invoice, line by line, as things stand. */
export async function upcoming(ctx: Ctx): Promise<UpcomingView> {
  demand(ctx.actor, 'billing:read')
  return upcomingOf(ctx, ctx.actor.customer as CustomerId)
}

/** What it comes to, for where there is no room for its lines. */
export async function next(ctx: Ctx): Promise<NextInvoice> {
  demand(ctx.actor, 'billing:read')
  const { on, total, currency } = await upcomingOf(ctx, ctx.actor.customer as CustomerId)
  return { on, total, currency }
}

/** @throws not_found `customers.not_found` */
export async function upcomingFor(
  ctx: Ctx,
  { customer }: { customer: number },
): Promise<UpcomingView> {
  demand(ctx.actor, 'billing:read_any')
  await customers.inCharge(ctx, customer as CustomerId)
  return upcomingOf(ctx, customer as CustomerId)
}

async function upcomingOf(ctx: Ctx, customer: CustomerId): Promise<UpcomingView> {
  const one = await billed.billed(ctx, customer)
  const close = closing(one.anchor, one.day)
  const [facts, book] = await together(factsOf(ctx, [{ customer, closing: close }]), taxBook(ctx))

  const tax = decideTax({ ...book, customer: one, otherwise: one, day: close.day })
  const { lines } = linesOf({ ...one, closing: close }, facts.of(customer), facts)
  const bill = billOf(lines, tax, one.currency)
  return {
    currency: one.currency,
    on: close.day,
    from: close.from,
    lines: bill.lines.map(viewOf),
    net: toDecimal(bill.net),
    tax: toDecimal(bill.tax),
    taxName: tax.name,
    taxRate: tax.rate,
    taxInclusive: tax.inclusive,
    total: toDecimal(bill.total),
    balance: one.balance as UpcomingView['balance'],
  }
}

const viewOf = ({ period, net, tax, taxRate, details, ...line }: PricedLine): BillLineView => ({
  kind: line.kind,
  rule: line.rule,
  description: line.description,
  line: (details?.line as string | undefined) ?? null,
  name: (details?.name as string | undefined) ?? null,
  from: period?.from ?? null,
  until: period?.until ?? null,
  days: period ? daysIn(period) : null,
  net: toDecimal(net),
  tax: toDecimal(tax),
  taxRate,
})

/** What a change of what I have would cost, before it is made. */
export async function preview(ctx: Ctx, change: PreviewChange): Promise<PricePreview> {
  demand(ctx.actor, 'billing:read')
  return priceOf(ctx, ctx.actor.customer as CustomerId, change)
}

/** @throws not_found `customers.not_found` */
export async function previewFor(
  ctx: Ctx,
  { customer, ...change }: PreviewChangeFor,
): Promise<PricePreview> {
  demand(ctx.actor, 'billing:read_any')
  await customers.inCharge(ctx, customer as CustomerId)
  return priceOf(ctx, customer as CustomerId, change)
}

/** What one more of each of these products would cost: `n` of it cost `n` times that, exactly. */
export async function pricesOf(
  ctx: Ctx,
  customer: CustomerId,
  products: readonly number[],
): Promise<ReadonlyMap<number, PricePreview>> {
  const prices = new Map<number, PricePreview>()
  for (const product of products)
    prices.set(product, await priceOf(ctx, customer, { add: [{ product, n: 1 }], remove: [] }))
  return prices
}

/** The same, for a friend that has said who may ask. */
export async function priceOf(
  ctx: Ctx,
  customer: CustomerId,
  { add, remove }: PreviewChange,
): Promise<PricePreview> {
  const one = await billed.billed(ctx, customer)
  const today = dayIn(one.timeZone, ctx.now)
  const close = closing(one.anchor, one.day)
  // On the day of an invoice what is changed is for the one after it.
  const on = close.day > today ? close : closing(one.anchor, close.next)

  const added = [...new Set(add.map(({ product }) => product as ProductId))]
  const [fees, products, facts] = await together(
    catalog.feesOfProducts(ctx, added),
    added.length > 0 ? catalog.products(ctx, added) : [],
    factsOf(ctx, remove.length > 0 ? [{ customer, closing: on }] : []),
  )
  const more = add.flatMap(({ product, n }) =>
    (fees.get(product as ProductId) ?? []).map((plan) =>
      effectOf(begun(plan, one.anchor, today), on, n),
    ),
  )
  const lost = new Map(
    remove.flatMap(({ accounts, product }) =>
      accounts.map((account): [string, true] => [`${account} ${product ?? '*'}`, true]),
    ),
  )
  const running = facts.of(customer).subscriptions.filter((held) => held.endedOn === null)
  const mains = await mainProducts(ctx, remove, running)
  const less = running
    .filter(
      ({ account, product }) =>
        lost.has(`${account} ${product}`) ||
        lost.has(`${account} *`) ||
        (lost.has(`${account} main`) && mains.has(product)),
    )
    .map((held) => difference(held, today, on))
  const all = [...more, ...less]
  const total = (pick: (effect: Effect) => Money) => toDecimal(sum(all.map(pick)))
  const days = all.flatMap((effect) => effect.days)
  return {
    currency: one.currency,
    monthly: total(({ monthly }) => monthly),
    invoiceOn: on.day,
    onInvoice: total(({ onInvoice }) => onInvoice),
    untilInvoice: total(({ untilInvoice }) => untilInvoice),
    days: days.length > 0 ? days.reduce(spanOf) : null,
    activation: total(({ activation }) => activation),
    average: all.some((effect) => effect.average),
    waits: products.some(({ role, newAccounts }) => role === 'main' && newAccounts === 'inactive'),
    taxInclusive: one.taxInclusive,
  }
}

/** The main ones among the products of what runs, where it is asked which those are. */
async function mainProducts(
  ctx: Ctx,
  remove: PreviewChange['remove'],
  running: readonly Readonly<{ product: number | null }>[],
): Promise<ReadonlySet<number | null>> {
  if (!remove.some(({ product }) => product === 'main')) return new Set()
  const ids = new Set(running.flatMap(({ product }) => product ?? []))
  const products = await catalog.products(ctx, [...ids] as ProductId[])
  return new Set(products.filter(({ role }) => role === 'main').map(({ product }) => product))
}

type Effect = Readonly<{
  monthly: Money
  onInvoice: Money
  untilInvoice: Money
  days: readonly Period[]
  activation: Money
  average: boolean
}>

const spanOf = (a: Period, b: Period): Period => ({
  from: earlier(a.from, b.from),
  until: later(a.until, b.until),
})

const isByTheMonth = ({ period, periodCount }: SubscriptionFacts['terms']): boolean =>
  period === 'month' && periodCount === 1

/** A subscription as it would be if it began today. */
const begun = (plan: Fees, anchor: CivilDate, today: CivilDate): SubscriptionFacts => {
  const { name, activationFee, periodicFee, currency: _, subscription: __, ...terms } = plan
  return {
    id: 0,
    account: null,
    name,
    activationFee,
    periodicFee,
    terms,
    anchor: terms.anchored === 'start' ? today : anchor,
    startedOn: today,
    endedOn: null,
    chargedUntil: today,
    blocked: [],
    discounts: [],
    exceptions: [],
    activated: false,
  }
}

function effectOf(facts: SubscriptionFacts, { since, day }: Closing, n: number): Effect {
  const times = (amount: Money) => portion(amount, { num: n, den: 1 })
  const lines = propose(facts, since, day)
  const before = lines.filter(({ period }) => period && period.from < day)
  const of = (some: readonly Pick<BillLine, 'amount'>[]) =>
    times(sum(some.map((line) => line.amount)))
  return {
    monthly: times(aMonth(facts.periodicFee, cycleOf(facts.terms))),
    onInvoice: of(lines),
    untilInvoice: of(before),
    days: before.flatMap(({ period }) => period ?? []),
    activation: of(lines.filter(({ period }) => !period)),
    average: facts.periodicFee !== zero && !isByTheMonth(facts.terms),
  }
}

/** What ending a subscription today changes of the next invoice. */
function difference(facts: SubscriptionFacts, today: CivilDate, on: Closing): Effect {
  const stays = effectOf(facts, on, 1)
  const ends = effectOf({ ...facts, endedOn: today }, on, 1)
  return {
    monthly: negate(stays.monthly),
    onInvoice: subtract(ends.onInvoice, stays.onInvoice),
    untilInvoice: subtract(ends.untilInvoice, stays.untilInvoice),
    // What is paid already comes back as a line of its own; what isn't is not charged.
    days: [...stays.days, ...ends.days].flatMap(
      (days) => overlap(days, { from: today, until: days.until }) ?? [],
    ),
    activation: subtract(ends.activation, stays.activation),
    average: stays.average,
  }
}
