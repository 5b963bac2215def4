import pg from 'pg'
import { runDue } from '#server/billing/service.run.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import { inLab, type Lab, median, report } from './harness.ts'

/** Accounts, five of each customer: what a month of them costs is to grow with their number, no faster. */
const sizes = [10_000, 100_000, 1_000_000] as const
const perCustomer = 5
/** Times the plain INSERT, at most. */
const bar = 6
/** Workers of one run: one reads and writes while another one thinks. */
const workers = 2
const mostRounds = 3

/** Customers of an environment of their own class, each with five lines that run since November. */
const populate = (customers: number) => `
  insert into customer_classes (i_env, id, name, currency, tax_name, tax_rate, billing_day)
  values (1, 900, 'Bench', 'USD', 'GST', 5, 1) on conflict do nothing;
  insert into customers (i_env, id, i_customer_class, name, currency, time_zone, created_at)
  select 1, 1000000 + n, 900, 'Bench ' || n, 'USD', 'America/Vancouver', '2026-11-15T12:00:00Z'
    from generate_series(1, ${customers}) n;
  insert into accounts (i_env, id, account_id, i_customer, i_product, kind, name, time_zone, status,
                        sip_username, sip_password_sealed, created_at, activated_at)
  select 1, 10000000 + (c - 1) * ${perCustomer} + n, 'bench' || c || 'x' || n, 1000000 + c,
         (select id from products where i_env = 1 and name = 'Cloud PBX'), 'line', 'A colleague', 'UTC',
         'active', 'bench' || c || 'x' || n, 'sealed', now(), now()
    from generate_series(1, ${customers}) c, generate_series(1, ${perCustomer}) n;
  insert into customer_subscriptions
    (i_env, i_customer, i_account, i_product, i_subscription, started_on, charged_until, anchor)
  select 1, a.i_customer, a.id, a.i_product, s.i_subscription, '2026-11-15', '2026-11-15', '2025-12-01'
    from accounts a join product_subscriptions s on s.i_env = 1 and s.i_product = a.i_product
   where a.id > 10000000;
  analyze customers; analyze accounts; analyze customer_subscriptions`

/** As many ledger lines in one statement, with all that hangs on the table. */
const plain = `
  insert into ledger_entries (i_env, i_customer, i_account, at, day, kind, amount, rule, description,
                              i_customer_subscription, period_from, period_until)
  select 1, s.i_customer, s.i_account, now(), current_date, 'adjustment', 10, 'bench', 'Cloud PBX', s.id,
         '2000-01-01', '2000-02-01'
    from customer_subscriptions s where s.i_customer > 1000000`

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

type Measured = Readonly<{ accounts: number; ours: number; plain: number; megabytes: number }>

async function measure(accounts: number): Promise<Measured> {
  return inLab(8, async (lab: Lab) => {
    const admin = new pg.Pool({ connectionString: lab.adminUrl, max: 1 })
    try {
      await admin.query("update customers set next_invoice_on = '2099-01-01'")
      await admin.query(populate(accounts / perCustomer))
      const baseline = await timed(() => admin.query(plain))
      await admin.query('alter table ledger_entries disable trigger all')
      await admin.query("delete from ledger_entries where rule = 'bench'")
      await admin.query('alter table ledger_entries enable trigger all')
      await admin.query('vacuum analyze ledger_entries')

      const edge = (day: string) => ({
        ...lab.app,
        clock: { now: () => new Date(`${day}T20:00:00Z`) as never },
        requestId: 'bench',
        env: 1 as EnvId,
        actor: system('bench'),
      })
      const run = async (day: string) => {
        const ends = await Promise.allSettled(
          Array.from({ length: workers }, () => runDue(edge(day))),
        )
        // Not before all have ended: what one is stopped by isn't to be hidden by the other's end.
        for (const end of ends) if (end.status === 'rejected') throw end.reason
      }
      // The first month has ten days and a month a line; those that follow a month.
      await run('2026-12-01')
      const months = ['2027-01-01', '2027-02-01', '2027-03-01'].slice(0, roundsOf(accounts))
      const times: number[] = []
      for (const month of months) {
        times.push(await timed(() => run(month)))
        await expectBilled(admin, accounts, month)
      }
      const megabytes = Math.round(process.memoryUsage().rss / 1_048_576)
      return { accounts, ours: median(times), plain: baseline, megabytes }
    } finally {
      await admin.end()
    }
  })
}

const roundsOf = (accounts: number) => (accounts >= 1_000_000 ? 1 : mostRounds)

async function expectBilled(admin: pg.Pool, accounts: number, month: string): Promise<void> {
  const { rows } = await admin.query(
    `select count(*)::int as invoices, sum(total)::text as total,
            (select count(*)::int from ledger_entries where kind = 'periodic' and period_from = $1) as lines
       from invoices where issued_on = $1`,
    [month],
  )
  const customers = accounts / perCustomer
  const expected = { invoices: customers, total: (customers * 52.5).toFixed(5), lines: accounts }
  if (JSON.stringify(rows[0]) !== JSON.stringify(expected)) {
    throw new Error(`Billed ${JSON.stringify(rows[0])} instead of ${JSON.stringify(expected)}`)
  }
}

/** Closes a month for accounts of a fifth as many customers, beside as many plain ledger lines. */
export async function run(): Promise<boolean> {
  const wanted = process.env.BENCH_ACCOUNTS
  const of = wanted ? sizes.filter((size) => size <= Number(wanted)) : sizes
  let result: ReturnType<typeof report> | undefined
  const all: Measured[] = []
  for (const accounts of of) {
    const one = await measure(accounts)
    all.push(one)
    const { ours, plain: base, megabytes } = one
    console.log(
      `${accounts} accounts: ${ours.toFixed(2)} s, ${Math.round(accounts / ours)} accounts/s, ` +
        `${(ours / base).toFixed(2)} x the plain INSERT (${base.toFixed(2)} s), ${megabytes} MB`,
    )
    // The middle size is the one the bar is about.
    if (accounts <= 100_000) {
      result = report('billing-run', 'accounts/s', accounts / ours, accounts / base, 1 / bar)
    }
  }
  const [first, last] = [all[0]!, all.at(-1)!]
  const slope = Math.log(last.ours / first.ours) / Math.log(last.accounts / first.accounts)
  if (all.length > 1)
    console.log(`slope ${slope.toFixed(2)}: 1 grows as the number of accounts does`)
  return result!.ok
}
