import * as agreements from '#server/agreements/service.billing.ts'
import * as audit from '#server/audit/service.ts'
import { type Closing, closing } from '#server/billing/cycle.ts'
import { billingParked, invoiceIssued } from '#server/billing/events.ts'
import { type Bill, type BillLine, billOf } from '#server/billing/invoice.ts'
import { numberForm } from '#server/billing/invoice-number.ts'
import { partiesOf } from '#server/billing/parties.ts'
import { propose } from '#server/billing/propose.ts'
import * as repo from '#server/billing/repo.run.ts'
import * as runs from '#server/billing/repo.runs.ts'
import * as settling from '#server/billing/repo.settle.ts'
import { knownPark, type RunResult } from '#server/billing/schema.runs.ts'
import type { Issuer, TaxDecision } from '#server/billing/schema.tax.ts'
import { type CustomerFacts, type Facts, factsOf } from '#server/billing/service.facts.ts'
import { issuerOf } from '#server/billing/service.issuer.ts'
import { settleOf } from '#server/billing/service.settle.ts'
import { type TaxBook, taxBook } from '#server/billing/service.tax.ts'
import { type Suspicion, suspicionOf } from '#server/billing/suspicion.ts'
import { decideTax } from '#server/billing/tax.ts'
import * as customers from '#server/customers/service.billing.ts'
import { publish } from '#server/events/service.ts'
import { addDays, type CivilDate } from '#server/kernel/civil.ts'
import { Refusal } from '#server/kernel/errors.ts'
import { add, type Money, sum, toDecimal, zero } from '#server/kernel/money.ts'
import { paths } from '#server/kernel/routes.ts'
import { billingParked as tellParked } from '#server/mail/service.parked.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** Of one unit of work: enough for round trips not to count, few enough for everybody else's turn. */
const customersAtOnce = 200

type RunTerms = Readonly<{
  /** So many customers in one unit of work. */
  atOnce?: number
  /** Where administrators reach us: mails about who is parked lead there. */
  publicUrl?: string
}>

const nothingDone: RunResult = { customers: 0, invoices: 0, parked: 0, totals: new Map() }

/**
 * Bills every customer whose cycle is over, cycle after cycle until none is due. Any number of workers
 * may do it at once: each customer is locked by one of them, and what is written moves it on to its
 * next cycle in the same transaction. Stopped anywhere, it goes on where it was.
 *
 * @throws unavailable `database.busy`, `database.unavailable`: what was billed is, and nobody is parked
 */
export async function runDue(edge: Edge, given: RunTerms = {}): Promise<RunResult> {
  const { atOnce = customersAtOnce, publicUrl } = given
  const run: Run = { id: null, done: nothingDone, publicUrl }
  while ((await billSome(edge, atOnce, run)).customers > 0);

  const { id } = run
  if (id !== null) await unitOfWork(edge, (ctx) => runs.end(ctx, id))
  return run.done
}

/** A run under way: its row, from the first part that had something to do, and what it did so far. */
type Run = { id: number | null; done: RunResult; readonly publicUrl: string | undefined }

/** A part of a run, put on record with what it did: stopped anywhere, the record is what was done. */
async function part(
  edge: Edge,
  run: Run,
  work: (ctx: Ctx) => Promise<RunResult>,
): Promise<RunResult> {
  const attempt = (left: number): Promise<Run & { result: RunResult }> =>
    unitOfWork(edge, async (ctx) => {
      const result = await work(ctx)
      if (result.customers === 0) return { ...run, result }
      const done = plus(run.done, result)
      return { ...run, result, done, id: await runs.record(ctx, run.id, done) }
    }).catch((error: unknown) => {
      if (left > 0 && isAway(error)) return attempt(left - 1)
      throw error
    })
  const { result, id, done } = await attempt(triesMore)
  Object.assign(run, { id, done })
  return result
}

/**
 * A crowd at the invoice counter, or a database that is away, says nothing about a customer. A statement
 * that takes too long does, once the customer is alone: it would keep all others from being billed.
 */
const isAway = (error: unknown) =>
  error instanceof Refusal && error.kind === 'unavailable' && error.details.over !== 'time'
const triesMore = 2

/** One unit of work of a run; where it fails for one customer, that one is parked and the others billed. */
async function billSome(edge: Edge, atOnce: number, run: Run): Promise<RunResult> {
  try {
    return await part(edge, run, (ctx) => billDue(ctx, atOnce, run))
  } catch (error) {
    if (atOnce === 1 || isAway(error)) throw error
    edge.log.error({ err: error }, 'a part of the billing run failed; customer by customer now')
    return alone(edge, atOnce, run)
  }
}

/** One by one, and whose bill can't be written is parked. */
async function alone(edge: Edge, atOnce: number, run: Run): Promise<RunResult> {
  let all = nothingDone
  for (let n = 0; n < atOnce; n++) {
    const whose: customers.Billed[] = []
    const one = await part(edge, run, (ctx) => billDue(ctx, 1, run, whose)).catch(async (error) => {
      const [failed] = whose
      if (!failed || isAway(error)) throw error
      edge.log.error({ err: error, customer: failed.customer }, 'a customer can’t be billed')
      return part(edge, run, async (ctx) => {
        await park(ctx, failed, { code: 'failed', details: {} }, run)
        return { ...nothingDone, customers: 1, parked: 1 }
      })
    })
    if (one.customers === 0) return all
    all = plus(all, one)
  }
  return all
}

const plus = (a: RunResult, b: RunResult): RunResult => {
  const totals = new Map(a.totals)
  for (const [currency, amount] of b.totals) {
    totals.set(currency, add(totals.get(currency) ?? zero, amount))
  }
  return {
    customers: a.customers + b.customers,
    invoices: a.invoices + b.invoices,
    parked: a.parked + b.parked,
    totals,
  }
}

type Due = customers.Billed & Readonly<{ closing: Closing }>

/** @param whose is told who is billed, for whoever has to know when it fails */
async function billDue(ctx: Ctx, atOnce: number, run: Run, whose: customers.Billed[] = []) {
  const parked = (await repo.parked(ctx)).map(({ customer }) => customer)
  const locked = await customers.lockDue(ctx, atOnce, parked)
  if (locked.length === 0) return nothingDone
  whose.push(...locked)

  const due = locked.map((one) => ({ ...one, closing: closing(one.anchor, one.day) }))
  const [facts, book, issuer, notSettled] = await together(
    factsOf(ctx, due),
    taxBook(ctx),
    issuerOf(ctx),
    settling.notSettled(
      ctx,
      due.map(({ customer }) => customer),
    ),
  )
  const decided = due.map((one) => decide(one, facts, book, issuer))
  for (const { due: one, suspicion } of decided) if (suspicion) await park(ctx, one, suspicion, run)

  const good = decided.filter(({ suspicion }) => !suspicion)
  const invoices = await write(ctx, good, notSettled)
  return {
    customers: due.length,
    invoices,
    parked: decided.length - good.length,
    totals: totalsOf(good),
  }
}

type Decided = Readonly<{
  due: Due
  suspicion?: Suspicion
  tax: TaxDecision
  /** Undefined where there is nothing to say. */
  bill?: Bill
  parties: ReturnType<typeof partiesOf>
  charged: ReadonlyMap<number, CivilDate>
}>

function decide(due: Due, facts: Facts, book: TaxBook, issuer: Issuer | undefined): Decided {
  const tax = decideTax({ ...book, customer: due, otherwise: due, day: due.day })
  const parties = partiesOf(issuer, due)
  const { lines, charged, suspicion } = linesOf(due, facts.of(due.customer), facts)
  const bill = lines.length > 0 ? billOf(lines, tax, due.currency) : undefined
  return { due, suspicion, tax, bill, parties, charged }
}

/** What is on a customer's bill, in the order it is read: packages, line by line, then what was added. */
export function linesOf(
  { currency, closing: { from, since, day } }: Pick<Due, 'currency' | 'closing'>,
  { subscriptions, standing, usage }: CustomerFacts,
  names: Pick<Facts, 'nameOf'>,
) {
  const charged = new Map<number, CivilDate>()
  const lines: BillLine[] = []
  for (const facts of subscriptions) {
    const proposed = propose(facts, since, day)
    const suspicion = suspicionOf(facts, facts.currency, currency, proposed)
    if (suspicion) return { lines: [], charged, suspicion }
    const details = facts.account === null ? undefined : names.nameOf(facts.account)
    for (const line of proposed) {
      lines.push({ ...line, details })
      if (line.kind === 'periodic') charged.set(facts.id, line.period!.until)
    }
  }
  for (const { account, serviceCode, serviceName, quantity, records, amount } of usage) {
    if (amount === zero) continue
    const used = { service: serviceCode, quantity: String(quantity), records }
    const details = { ...names.nameOf(account), ...used }
    const period = { from, until: day }
    lines.push({
      kind: 'usage',
      rule: 'usage.total',
      description: serviceName,
      amount,
      account,
      period,
      details,
    })
  }
  for (const { entry, kind, amount, description, account, day: on } of standing) {
    if (on >= day) continue
    const rule = `${kind}.manual`
    lines.push({ kind, rule, amount, description, entry, account: account as BillLine['account'] })
  }
  return { lines, charged, suspicion: undefined }
}

async function write(
  ctx: Ctx,
  decided: readonly Decided[],
  notSettled: ReadonlySet<number>,
): Promise<number> {
  const billed = decided.filter((one) => one.bill)
  const made = billed.map(invoiceOf)
  const ids = made.length > 0 ? await repo.draft(ctx, made) : []
  const drafts = made.map((one, i) => ({ ...one, invoice: ids[i]! }))

  await together(
    repo.write(ctx, drafts),
    agreements.markChargedMany(ctx, new Map(decided.flatMap(({ charged }) => [...charged]))),
    customers.moveOn(
      ctx,
      decided.map(({ due, bill }) => ({
        customer: due.customer,
        amount: bill ? gainOf(bill) : zero,
        next: due.closing.next,
      })),
    ),
  )
  const numbers = await repo.issue(
    ctx,
    drafts.map(({ invoice, issuedOn }) => ({ invoice, form: numberForm(issuedOn) })),
  )
  await tell(ctx, drafts, numbers)
  // Credit there was, or that a bill below zero brings; of anybody else, nothing changes.
  const uneven = drafts.filter(({ customer, total }) => notSettled.has(customer) || total < zero)
  if (uneven.length > 0) {
    await settleOf(
      ctx,
      uneven.map(({ customer }) => customer),
    )
  }
  return drafts.length
}

/** What a bill adds to the balance: but for what was on the ledger before. */
const gainOf = ({ lines, tax, rounding }: Bill): Money =>
  sum([tax, rounding, ...lines.flatMap((line) => (line.entry === undefined ? [line.exact] : []))])

const invoiceOf = ({ due, bill, tax, parties }: Decided): repo.NewInvoice => ({
  ...bill!,
  customer: due.customer,
  issuedOn: due.day,
  dueOn: addDays(due.day, due.dueDays),
  cycle: { from: due.closing.from, until: due.day },
  currency: due.currency,
  taxName: tax.name,
  taxRate: tax.rate,
  taxNote: tax.note,
  parties,
})

async function tell(
  ctx: Ctx,
  drafts: readonly (repo.NewInvoice & Readonly<{ invoice: number }>)[],
  numbers: ReadonlyMap<number, string>,
): Promise<void> {
  for (const { invoice, customer: id, total, currency } of drafts) {
    const customer = id as customers.Billed['customer']
    const payload = { number: numbers.get(invoice)!, total: toDecimal(total), currency }
    await publish(ctx, invoiceIssued(customer, invoice, payload))
    await audit.done(ctx, {
      action: 'invoice.issue',
      entity: 'invoice',
      entityId: String(invoice),
      customer,
      after: payload,
    })
  }
}

async function park(
  ctx: Ctx,
  { customer, day, name: company }: customers.Billed,
  { code, details }: Suspicion,
  { publicUrl }: Run,
): Promise<void> {
  await repo.park(ctx, { customer, day, code, details })
  await publish(ctx, billingParked(customer, { day, code, ...details }))
  const customerUrl = publicUrl && `${publicUrl}${paths.customer(customer)}`
  await tellParked(ctx, { customer, company, day, code: knownPark(code), customerUrl })
  await audit.done(ctx, {
    action: 'billing.park',
    entity: 'customer',
    entityId: String(customer),
    customer,
    after: { day, code, ...details },
  })
}

function totalsOf(decided: readonly Decided[]): Map<string, Money> {
  const totals = new Map<string, Money>()
  for (const { due, bill } of decided) {
    if (bill) totals.set(due.currency, add(totals.get(due.currency) ?? zero, bill.total))
  }
  return totals
}
