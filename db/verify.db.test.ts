import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { invariants, type Query, verify } from '#db/verify.ts'
import * as billing from '#server/billing/service.ts'
import { paper } from '#server/billing/testing.ts'
import { addMonths, civilDate } from '#server/kernel/civil.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { money } from '#server/kernel/money.ts'
import * as payments from '#server/payments/service.ts'
import { system } from '#server/runtime/actor.ts'
import { testDatabase } from '#server/testing/database.ts'

const it = testDatabase()
const person = 46_200 as CustomerId
const day = civilDate('2026-11-21')

/** A customer with an invoice paid by card, and two signups: one that succeeded, one that failed. */
beforeAll(async () => {
  const [subscription] = await it.sql<{ id: number }>(
    'select id from customer_subscriptions where i_customer = $1',
    [person],
  )
  const paid = await it.as(system('test'), async (ctx) => {
    const { invoice, total } = await billing.chargeFirst(ctx, {
      customer: person,
      currency: 'USD',
      day,
      ...paper,
      charges: [
        {
          kind: 'periodic',
          description: 'SuperCall',
          net: money('19.99'),
          taxRate: '5',
          tax: money('1'),
          customerSubscription: subscription!.id,
          period: { from: day, until: addMonths(day, 1) },
        },
      ],
    })
    const paid = {
      amount: total,
      currency: 'USD',
      gateway: 'simulator',
      purpose: 'signup',
    } as const
    const payment = await payments.intend(ctx, { ...paid, key: 'one' })
    await payments.note(ctx, payment, { state: 'captured', customer: person })
    await billing.enterPayment(ctx, { invoice, payment, amount: total })
    const declined = await payments.intend(ctx, { ...paid, key: 'two' })
    await payments.note(ctx, declined, { state: 'declined', declineCode: 'card_declined' })
    return { payment, declined }
  })

  const draft = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
  for (const n of [1, 2]) {
    await it.sql(
      `insert into signup_drafts (i_env, id, i_site, token_hash, data, ip, created_at, updated_at, expires_at)
       select 1, $1, min(id), $2, '{"address": {"phone": "16045552000"}}', '10.0.0.1', now(), now(), now()
         from signup_sites`,
      [draft(n), String(n).repeat(64)],
    )
  }
  const order = `insert into signup_orders
    (i_env, i_draft, key, state, quote, submitted, hold_id, i_payment, card_token, i_customer, ip, created_at, updated_at)
    values (1, $1, 'k', $2, '{}', '{}', $1, $3, '', $4, '10.0.0.1', now(), now())`
  await it.sql(order, [draft(1), 'completed', paid.payment, person])
  await it.sql(order, [draft(2), 'failed', paid.declined, null])
})

/** From here on anything can be planted. */
beforeAll(async () => {
  await it.sql(
    `do $$ declare c record; begin
       for c in select conrelid::regclass as t, conname from pg_constraint
                 where contype in ('c', 'u', 'x') and connamespace = 'public'::regnamespace
       loop execute format('alter table %s drop constraint %I cascade', c.t, c.conname); end loop;
       for c in select indexrelid::regclass as name from pg_index
                 where indisunique and not indisprimary
                   and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
       loop execute format('drop index %s', c.name); end loop;
     end $$`,
  )
})

/** What is found after `plant`, which is undone again. */
async function foundAfter(plant: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: it.adminUrl })
  await client.connect()
  const query: Query = async (text) => (await client.query(text)).rows
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    await client.query(plant)
    return (await verify(query)).map(({ name, sentence }) => `${name} ${sentence}`)
  } finally {
    await client.query('rollback')
    await client.end()
  }
}

test('the demo data, a paid signup and a failed one break no promise', async () => {
  expect(await foundAfter('select 1')).toEqual([])
})

const account = "(select id from accounts where account_id = 'ph46170x4665')"
const attendant = "(select id from accounts where account_id = 'ph46170aa1')"

/** John Doe's line, blocked by the customer from one day to another, once or twice. */
function stretch(state: string, ...days: (string | null)[]) {
  const rows = []
  for (let i = 0; i < days.length; i += 2) {
    const [from, until] = [days[i], days[i + 1] ?? '']
    const end = until ? `'${until}T00:00Z'` : 'null'
    rows.push(
      `(1, ${account}, 46170, 'customer', '${from}T00:00Z', ${end}, '${from}', '[${from},${until})', 'UTC', '${state}', now())`,
    )
  }
  return `insert into account_blocks (i_env, i_account, i_customer, placed_by, starts_at, ends_at, free_from, days, time_zone, state, created_at) values ${rows.join(', ')}`
}

const batch = "'00000000-0000-4000-8000-00000000b17c'"

/** An upload of ABC with a row that made John Doe's account. */
const uploaded = (state: string, rowState: string, made = 1, changed = 'now()') => `
  insert into bulk_batches (i_env, id, i_customer, by_name, file_name, state, report, total, made, created_at, changed_at)
  values (1, ${batch}, 46170, 'Adam', 'x.csv', '${state}', '{}', 2, ${made}, now(), ${changed});
  insert into bulk_rows (i_env, i_batch, i_customer, n, cells, state, i_account)
  values (1, ${batch}, 46170, 2, '{}', '${rowState}', ${rowState === 'good' ? 'null' : account})`

const visa = '4242 4242 4242 4242'

/** Of the payment that was captured: state, settled, next try. */
const refund = (what: string) => `
  insert into refunds (i_env, i_payment, i_customer, amount, reason, key, created_at, state, settled_at, next_try_at)
  select i_env, id, i_customer, 5, 'why', 'r', now(), ${what} from payments where state = 'captured'`

/** A card of ABC: default, removed. */
const onFile = (what: string) => `
  insert into payment_methods (i_env, i_customer, gateway, gateway_ref, brand, last4, exp_month, exp_year, fingerprint, created_at, is_default, removed_at)
  values (1, 46170, 'simulator', 'pm', 'visa', '4242', 12, 2030, 'f', now(), ${what})`

const planted: readonly (readonly [sentence: string, plant: string])[] = [
  ['I1 places used', 'update agreement_items set used = used + 1 where i_customer = 46170'],
  [
    'I1 places used',
    "update accounts set status = 'terminated', terminated_at = now() where account_id = 'ph46171x101'; update extensions set live = false where i_customer = 46171 and extension = '101'; update numbers set i_account = null where i_customer = 46171; delete from account_aliases where i_customer = 46171",
  ],
  ['I1 places used', 'update agreement_items set quantity = 2 where i_customer = 46171'],
  ['I1 places used', 'delete from agreement_items where i_customer = 46171'],
  ['I2 a number is on one live', `delete from account_aliases where i_account = ${account}`],
  [
    'I2 a number is on one live',
    `update numbers set i_account = null where i_account = ${account}`,
  ],
  [
    'I2 a number is on one live',
    `update numbers set i_account = ${attendant} where i_account = ${account}`,
  ],
  [
    'I2 a number is in one state',
    `update numbers set hold_id = gen_random_uuid(), hold_draft = gen_random_uuid(), hold_until = now() where i_account = ${account}`,
  ],
  [
    'I3 an upload is applied once',
    `${uploaded('applied', 'made', 2)}; insert into bulk_rows select i_env, i_batch, i_customer, 3, cells, extra, state, faults, i_account from bulk_rows`,
  ],
  [
    'I3 an upload is applied once',
    `${uploaded('applied', 'made')}; update bulk_rows set i_customer = 46171`,
  ],
  ['I3 an upload made what it says', uploaded('applied', 'made', 2)],
  ['I3 an upload made what it says', uploaded('undone', 'made')],
  ['I3 an upload made what it says', uploaded('applied', 'undone')],
  [
    'I13 no upload has been worked on',
    uploaded('applying', 'good', 0, "now() - interval '11 minutes'"),
  ],
  ['I3 a signup has one', "update signup_orders set i_customer = null where state = 'completed'"],
  [
    'I3 a signup has one',
    "update signup_orders set state = 'submitted', i_draft = (select i_draft from signup_orders where state = 'completed') where state = 'failed'",
  ],
  ['I4 a captured payment', "delete from ledger_entries where kind = 'payment'"],
  ['I4 a captured payment', "update payments set amount = 1 where state = 'captured'"],
  [
    'I4 a captured payment',
    "update signup_orders set state = 'failed', i_customer = null where state = 'completed'",
  ],
  ['I4 what a payment counts', "update payments set refunded = 1 where state = 'captured'"],
  ['I4 what a payment counts', refund("'refunded', now(), null")],
  [
    'I4 what a payment counts',
    `${refund("'pending', null, now()")}; update payments set refunded = 99, amount = 50`,
  ],
  ['I4 a customer with cards', onFile('false, null')],
  ['I4 a customer with cards', `${onFile('true, null')}; ${onFile('true, null')}`],
  ['I4 a customer with cards', onFile('true, now()')],
  [
    'I5 no refund stands still',
    `${refund("'intended', null, now() - interval '3 days'")}; update payments set refunded = 5 where state = 'captured'`,
  ],
  ['I4 a payment on the ledger', "update payments set state = 'canceled' where state = 'captured'"],
  [
    'I5 no checkout stands',
    "update signup_orders set state = 'voiding', updated_at = now() - interval '11 minutes' where state = 'failed'",
  ],
  ['I6 nothing is left', "update payments set state = 'authorized' where state = 'declined'"],
  ['I6 nothing is left', "update signup_orders set card_token = 'tok' where state = 'failed'"],
  ['I7 a balance', 'update customers set balance = 0.00001 where id = 46170'],
  ['I7 a balance', "update ledger_entries set amount = amount + 1 where kind = 'tax'"],
  ['I7 history', 'grant update on ledger_entries to portico_app'],
  ['I8 what was used', 'update usage_totals set amount = amount + 0.00001'],
  ['I8 what was used', 'delete from usage_totals where records > 1'],
  ['I8 what was used', 'update xdrs set quantity = quantity + 1'],
  ['I8 a usage record', "update xdrs set currency = 'EUR'"],
  ['I8 an invoice is', 'update invoice_lines set net = net + 0.00001'],
  ['I8 an invoice is', "update ledger_entries set amount = amount - 1 where kind = 'periodic'"],
  ['I8 what is open', "update invoices set state = 'issued', paid = paid - 1"],
  ['I8 invoices are', 'update invoice_counters set last = 2'],
  ['I8 invoices are', "update invoices set number = 'INV-2026-000002'"],
  [
    'I8 a subscription',
    'insert into ledger_entries select (jsonb_populate_record(l, \'{"id": 999, "period_from": "2027-01-21", "period_until": "2027-02-21"}\')).* from ledger_entries l where kind = \'periodic\'',
  ],
  [
    'I8 a subscription',
    "insert into ledger_entries select (jsonb_populate_record(l, '{\"id\": 999}')).* from ledger_entries l where kind = 'periodic'",
  ],
  ['I8 a subscription', 'update customer_subscriptions set charged_until = charged_until + 1'],
  [
    'I8 what runs',
    `update accounts set status = 'terminated', terminated_at = now() where id = ${account}`,
  ],
  [
    'I8 what runs',
    `update accounts set i_product = (select id from products where name = 'EasyCall') where id = ${account}`,
  ],
  ['I9 an account is blocked by', `update accounts set blocked_by = 'admin' where id = ${account}`],
  ['I9 blocks of a line', stretch('over', '2026-11-01', '2026-11-05', '2026-11-04', '2026-11-09')],
  ['I9 blocks of a line', stretch('planned', '2026-11-01', '2026-11-05', '2026-11-04', null)],
  ['I9 an account is blocked while', stretch('running', '2026-11-01', null)],
  [
    'I9 an account is blocked while',
    `${stretch('running', '2026-11-01', null)}; update accounts set status = 'blocked', blocked_by = 'admin' where id = ${account}`,
  ],
  [
    'I9 an account is blocked while',
    `update accounts set status = 'blocked', blocked_by = 'customer' where id = ${account}`,
  ],
  [
    'I9 what the provider blocked',
    `${stretch('over', '2026-11-01', '2026-11-05')}; update account_blocks set placed_by = 'admin'`,
  ],
  [
    'I9 what is free',
    `${stretch('over', '2026-11-01', '2026-11-05')}; update account_blocks set days = '[2026-11-01,2026-11-07)'`,
  ],
  [
    'I10 a customer has',
    "delete from events where type = 'customer.created' and i_customer = 46170",
  ],
  [
    'I10 an account has',
    "delete from events where type = 'account.created' and i_customer = 46170",
  ],
  [
    'I10 the end of an account',
    `update accounts set status = 'terminated', terminated_at = now() where id = ${account}`,
  ],
  [
    'I10 the end of an account',
    `update events set type = 'account.terminated' where type = 'account.created' and entity_id = ${account}::text`,
  ],
  ['I10 an extension has', "delete from events where type = 'extension.added'"],
  ['I10 an auto attendant has', "delete from events where type = 'auto_attendant.added'"],
  ['I10 an invoice has', "delete from events where type = 'invoice.issued'"],
  ['I10 a paid invoice has', "delete from events where type = 'invoice.paid'"],
  [
    'I11 the events',
    "delete from events where entity = 'customer' and entity_id = '46170' and seq = 1",
  ],
  ['I11 the events', "update event_streams set seq = seq + 1 where entity_id = '46170'"],
  [
    'I11 the events',
    "update events set seq = case seq when 1 then 2 else 1 end where entity_id = '46170' and seq < 3",
  ],
  [
    'I14 every row',
    "insert into hunt_groups (i_env, id, i_customer, name) values (9, 999, 46170, 'x')",
  ],
  [
    'I14 no key between',
    'alter table hunt_groups add constraint unproven check (id > 0) not valid',
  ],
  ['I14 no key between', 'alter table numbers disable trigger all'],
  ['I14 every table', 'alter table mails no force row level security'],
  ['I14 every table', 'create table loose (i_env int)'],
  ['I14 a parent', 'update customers set is_reseller = false'],
  ['I15 an account has', "delete from audit_rows where action = 'account.create'"],
  [
    'I15 the end of an account',
    `update accounts set status = 'terminated', terminated_at = now() where id = ${account}`,
  ],
  ['I15 an invoice has', "delete from audit_rows where action = 'invoice.issue'"],
  ['I15 a paid invoice has', "delete from audit_rows where action = 'invoice.pay'"],
  [
    'I16 accounts are called',
    "update accounts set account_id = 'x' where account_id = 'ph46170x4665'",
  ],
  ['I16 accounts are called', "update extensions set live = false where extension = '4665'"],
  ['I16 accounts are called', 'delete from auto_attendants'],
  [
    'I16 an extension is one',
    "update extensions set extension = '101' where i_customer = 46171 and extension = '102'",
  ],
  [
    'I16 an extension is one',
    "update accounts set account_id = 'ph46171x101' where account_id = 'ph46171x102'",
  ],
  [
    'I16 a SIM card',
    `update accounts set kind = 'sim', imsi = '310150123456789', account_id = '8901260123456789012' where id = ${account}`,
  ],
  [
    'I16 a SIM card',
    `update accounts set kind = 'sim', account_id = '8901260123456789011' where id = ${account}`,
  ],
  ['I16 an IMSI', "update accounts set imsi = '310150123456789' where i_customer = 46171"],
  ['I16 what was rejected', `update accounts set rejection = 'no' where id = ${account}`],
  ['I15 a rejected', `update accounts set rejection = 'no' where id = ${account}`],
  ['I8 a product is sold', "update subscriptions set replaced_at = now() where name = 'Cloud PBX'"],
  ['I16 the next auto', 'update pbx_counters set next_auto_attendant = 1'],
  [
    'I16 a hunt group has',
    `insert into hunt_group_members (i_env, i_hunt_group, i_account, i_customer, position) select 1, id, ${attendant}, 46170, 1 from hunt_groups where name = 'Sales'`,
  ],
  [
    'I16 a hunt group has',
    `insert into hunt_group_members (i_env, i_hunt_group, i_account, i_customer, position, live) select 1, id, ${account}, 46170, 1, false from hunt_groups where name = 'Sales'`,
  ],
  [
    'I16 a hunt group has',
    "insert into hunt_groups (i_env, id, i_customer, name) values (1, 900, 46171, 'x'); insert into hunt_group_members (i_env, i_hunt_group, i_account, i_customer, position) select 1, 900, id, 46171, 7 from accounts where i_customer = 46171",
  ],
  [
    'I16 a menu ends',
    `update auto_attendants set menu = '{"greeting": "", "keys": {}, "plays": 3, "otherwise": {"to": "repeat"}}'`,
  ],
  [
    'I16 a menu ends',
    `update auto_attendants set menu = '{"greeting": "", "keys": {"1": {"to": "group", "group": 999999}}, "plays": 3, "otherwise": {"to": "goodbye"}}'`,
  ],
  [
    'I16 a menu ends',
    `update auto_attendants set menu = jsonb_build_object('keys', '{}'::jsonb, 'otherwise', jsonb_build_object('to', 'voicemail', 'account', (select id from accounts where account_id = 'ph46171x101')))`,
  ],
  ['I14 a customer that anybody', "update users set role = 'billing' where i_customer = 46171"],
  [
    'I14 a customer that anybody',
    'update users set invited_at = now(), password_changed_at = null where i_customer = 46171',
  ],
  [
    'I15 an audit row names',
    `insert into audit_rows (i_env, at, realm, actor, i_user, i_customer, action, entity, entity_id, outcome, ip, request_id) values (1, now(), 'admin', 'Pat', 1, 46170, 'account.edit', 'account', '1', 'done', 'x', 'x')`,
  ],
  [
    'I15 an audit row names',
    `insert into audit_rows (i_env, at, realm, actor, i_customer, action, entity, entity_id, outcome, ip, request_id) values (1, now(), 'customer', 'Adam', 46170, 'account.edit', 'account', '1', 'done', 'x', 'x')`,
  ],
  ['I17 no card', `update customers set line2 = 'card ${visa}' where id = 46170`],
  [
    'I17 no card',
    `update audit_rows set "after" = '{"a": [{"b": 4242424242424242}]}' where id = (select min(id) from audit_rows)`,
  ],
  ['I17 no card', `update signup_drafts set data = '{"address": {"city": "${visa}"}}'`],
  ['I17 passwords', "update users set password_hash = 'hunter2' where login = 'demo-adam'"],
  ['I17 passwords', `update accounts set sip_password_sealed = 'hunter2' where id = ${account}`],
]

describe('a broken promise is found', () => {
  test.each(planted)('%s: %s', async (sentence, plant) => {
    const found = await foundAfter(plant)
    expect(found.filter((line) => line.startsWith(sentence))).toHaveLength(1)
  })

  test('of every kind, but for the one no statement can plant', () => {
    const kinds = invariants.map(({ name, sentence }) => `${name} ${sentence}`)
    const unplanted = kinds.filter(
      (kind) => !planted.some(([sentence]) => kind.startsWith(sentence)),
    )
    expect(unplanted).toEqual([
      'I18 no connection of the application was left in the middle of its work',
    ])
  })

  test('without repeating a card number', async () => {
    const client = new pg.Client({ connectionString: it.adminUrl })
    await client.connect()
    await client.query(`begin; update customers set line2 = '${visa}' where id = 46170`)
    const violations = await verify(async (text) => (await client.query(text)).rows)
    await client.query('rollback')
    await client.end()
    expect(violations).toMatchObject([{ rows: [{ table: 'customers', column: 'line2' }] }])
    expect(JSON.stringify(violations)).not.toContain('4242')
  })
})

test('phone numbers, keys and ids are not taken for cards', async () => {
  // Each of these digits would pass for a card elsewhere.
  expect(
    await foundAfter(
      `update customers set phone = '4242424242424242' where id = 46170;
       update signup_drafts set data = '{"number": "4242424242424242"}';
       update payments set key = 'signup-4242a424-4242-4242-8242-424242424242' where key = 'one'`,
    ),
  ).toEqual([])
})
