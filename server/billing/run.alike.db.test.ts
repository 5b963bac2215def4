import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test, vi } from 'vitest'
import { verify } from '#db/verify.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as ledger from '#server/billing/service.ledger.ts'
import { runDue } from '#server/billing/service.run.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as pbx from '#server/pbx/service.ts'
import { openLog } from '#server/runtime/log.ts'
import { agree, company, sell } from '#server/testing/company.ts'
import { people, type TestDatabase, testDatabase } from '#server/testing/database.ts'

const inTime = testDatabase()
const byThree = testDatabase({ max: 16 })
const late = testDatabase()

const zones = ['America/Vancouver', 'Europe/Kyiv', 'Pacific/Apia']
const companies = 24

type Company = Awaited<ReturnType<typeof company>>
type Served = Readonly<{ who: Company; lines: readonly number[] }>

/** Companies of three zones with three lines of $10 each, begun on November 21. */
async function opened(it: TestDatabase): Promise<Served[]> {
  it.clock.set('2026-11-21T12:00:00Z')
  const product = await sell(it, { name: 'A line', periodicFee: '10' })
  const served: Served[] = []
  for (let n = 0; n < companies; n++) {
    const who = await company(it, `Company ${n}`)
    const zone = zones[n % zones.length]
    await it.sql('update customers set time_zone = $2 where id = $1', [who.customer, zone])
    await agree(it, who, product, null)
    const made = await it.as(who, async (ctx) => {
      const accounts: number[] = []
      for (const extension of ['101', '102', '103']) {
        const { customer } = who
        const one = { customer, extension, name: '', product, numbers: [] }
        accounts.push((await pbx.openExtension(ctx, one)).account)
      }
      return accounts
    })
    served.push({ who, lines: made })
  }
  return served
}

/** What happens to each of them, before and after the day its bill is of. */
const life: Readonly<Record<string, (it: TestDatabase, one: Served) => Promise<unknown>>> = {
  '2026-11-25': (it, { who, lines: [first] }) =>
    it.as(who, (ctx) => blocks.block(ctx, { accounts: [first!], reason: '', key: randomUUID() })),
  '2026-12-02': (it, { who, lines: [, second] }) =>
    it.as(who, (ctx) => lines.removeExtensions(ctx, { accounts: [second!], key: randomUUID() })),
  '2026-12-03': (it, { who, lines: [first] }) =>
    it.as(who, (ctx) => blocks.unblock(ctx, { accounts: [first!], key: randomUUID() })),
  '2026-12-04': (it, { who }) =>
    it.as(people.admin, (ctx) =>
      ledger.write(ctx, {
        customer: who.customer,
        currency: 'USD',
        kind: 'charge',
        amount: '7.77',
        description: 'A visit',
        reason: '',
        key: randomUUID(),
      }),
    ),
}

/** Lives from November to February; `bills` says on which days somebody bills. */
async function live(it: TestDatabase, bills: readonly string[], bill: () => Promise<unknown>) {
  const served = await opened(it)
  for (const day of [...Object.keys(life), ...bills].toSorted()) {
    it.clock.set(`${day}T18:00:00Z`)
    for (const one of served) await life[day]?.(it, one)
    if (bills.includes(day)) await bill()
  }
}

/** All that a customer was told and is held to: of each invoice everything but its number. */
const books = (it: TestDatabase) =>
  it.sql<{ name: string; invoices: { total: number }[] }>(
    `select c.name, c.balance::text, c.next_invoice_on::text,
            (select jsonb_agg(jsonb_build_array(l.day, l.kind, l.rule, l.amount, l.description, l.period_from, l.period_until)
                      order by l.day, l.kind, l.amount, l.period_from, l.id)
               from ledger_entries l where l.i_customer = c.id) as ledger,
            (select jsonb_agg(jsonb_build_object(
                      'on', i.issued_on, 'due', i.due_on, 'from', i.cycle_from, 'until', i.cycle_until,
                      'state', i.state, 'net', i.net, 'tax', i.tax, 'total', i.total, 'paid', i.paid,
                      'lines', (select jsonb_agg(jsonb_build_array(n.kind, n.description, n.period_from, n.period_until, n.net, n.tax)
                                          order by n.line)
                                  from invoice_lines n where n.i_invoice = i.id)) order by i.issued_on)
               from invoices i where i.i_customer = c.id) as invoices,
            (select count(*) from events e where e.i_customer = c.id and e.type = 'invoice.issued') as told
       from customers c order by c.id`,
  )

/** What of the promises about money isn't kept. */
const faults = async (it: TestDatabase) =>
  (await verify((text) => it.sql(text))).filter(({ name }) => ['I4', 'I7', 'I8'].includes(name))

const firsts = ['2026-12-01', '2027-01-01', '2027-02-01']
const billedAlone: number[] = []
let alone: Awaited<ReturnType<typeof books>>

beforeAll(async () => {
  await live(inTime, firsts, async () => {
    billedAlone.push((await runDue(inTime.edge())).customers)
  })
  alone = await books(inTime)
}, 60_000)

test('there is something to get wrong: days blocked over a bill, a line ended and a visit after it', () => {
  const one = alone.find(({ name }) => name === 'Company 0')!
  // 3 lines from November 21 on, less 5 days; less 2 and 30 days, with the visit; 2 lines. And 5 %.
  expect(one.invoices.map(({ total }) => total)).toEqual([40.25, 18.32, 21])
})

test('billed by three workers at once, part by part: the invoices of one worker, and nobody failed', async () => {
  const log = openLog('silent')
  const failed = vi.spyOn(log, 'error')
  const billed: number[] = []

  await live(byThree, firsts, async () => {
    const worker = () => runDue({ ...byThree.edge(), log }, { atOnce: 2 })
    const done = await Promise.all([worker(), worker(), worker()])
    billed.push(done.reduce((n, { customers }) => n + customers, 0))
  })

  expect(await books(byThree)).toEqual(alone)
  expect(failed).not.toHaveBeenCalled()
  expect(billed).toEqual(billedAlone)
  expect(await faults(byThree)).toEqual([])
}, 60_000)

test('billed days late, and twice: the invoices that were made in time', async () => {
  await live(late, ['2026-12-06', '2027-01-20', '2027-02-04'], async () => {
    await runDue(late.edge())
    await runDue(late.edge())
  })

  expect(await books(late)).toEqual(alone)
  expect(await faults(late)).toEqual([])
}, 60_000)
