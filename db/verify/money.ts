import type { Invariant } from '#db/verify.ts'

/** Orders, payments, the ledger and invoices. */
export const money: readonly Invariant[] = [
  {
    name: 'I3',
    sentence: 'a signup has one order a key, one that is alive at most, and one customer when done',
    find: `
      select i_env, i_draft::text as draft, null::int as "order" from signup_orders
       group by i_env, i_draft, key having count(*) > 1
      union all
      select i_env, i_draft::text, null::int from signup_orders where state <> 'failed'
       group by i_env, i_draft having count(*) > 1
      union all
      select i_env, i_draft::text, id from signup_orders
       where (state in ('provisioned', 'captured', 'completed')) <> (i_customer is not null)
      union all
      select o.i_env, null, min(o.id) from signup_orders o where i_customer is not null
       group by o.i_env, o.i_customer having count(*) > 1`,
  },
  {
    name: 'I4',
    sentence: 'a captured payment has one customer, one ledger entry of its amount, one order',
    find: `
      select p.i_env, p.id as payment, p.i_customer, p.amount,
             (select count(*) from ledger_entries l where l.i_env = p.i_env and l.i_payment = p.id
                 and l.kind = 'payment' and l.i_customer = p.i_customer and l.amount = -p.amount) as entered
        from payments p
       where p.state = 'captured' and (
             p.i_customer is null
          or (p.amount > 0 and 1 <> (select count(*) from ledger_entries l
                where l.i_env = p.i_env and l.i_payment = p.id and l.kind = 'payment'
                  and l.i_customer = p.i_customer and l.amount = -p.amount))
          or exists (select 1 from signup_orders o where o.i_env = p.i_env and o.i_payment = p.id
                       and (o.state not in ('captured', 'completed') or o.i_customer is distinct from p.i_customer))
          or 1 < (select count(*) from signup_orders o where o.i_env = p.i_env and o.i_payment = p.id))`,
  },
  {
    name: 'I4',
    sentence: 'a payment on the ledger was captured',
    find: `
      select l.i_env, l.id as ledger_entry, l.i_payment, l.amount, p.state
        from ledger_entries l left join payments p on p.i_env = l.i_env and p.id = l.i_payment
       where l.kind = 'payment' and p.state is distinct from 'captured'`,
  },
  {
    name: 'I5',
    sentence: 'no checkout stands still for ten minutes before an operator is called',
    find: `
      select i_env, id as "order", state, updated_at from signup_orders
       where state not in ('completed', 'failed') and operator_needed_at is null
         and updated_at < now() - interval '10 minutes'`,
  },
  {
    name: 'I6',
    sentence: 'nothing is left of a failed order: no customer, no money, no password',
    find: `
      select o.i_env, o.id as "order", o.i_customer, p.state as payment
        from signup_orders o join payments p on p.i_env = o.i_env and p.id = o.i_payment
       where o.state = 'failed' and (o.i_customer is not null or o.credentials_sealed is not null
          or o.card_token <> '' or p.i_customer is not null
          or p.state not in ('declined', 'canceled', 'failed'))`,
  },
  {
    name: 'I7',
    sentence: 'a balance is the sum of its ledger',
    find: `
      select c.i_env, c.id as i_customer, c.balance, coalesce(sum(l.amount), 0) as ledger
        from customers c left join ledger_entries l on l.i_env = c.i_env and l.i_customer = c.id
       group by c.i_env, c.id, c.balance having c.balance <> coalesce(sum(l.amount), 0)`,
  },
  {
    name: 'I7',
    sentence: 'history can’t be changed: ledger, invoice lines, events, audit',
    find: `
      select t as table, p as privilege
        from unnest(array['ledger_entries', 'invoice_lines', 'events', 'audit_rows']) t,
             unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p
       where has_table_privilege('portico_app', t, p)`,
  },
  {
    name: 'I8',
    sentence: 'an invoice is the sum of its lines, and so are its charges on the ledger',
    find: `
      select i.i_env, i.id, i.number, i.state, i.net, i.tax, i.total, n.net as lines_net,
             n.tax as lines_tax, l.charged + n.before as charged, l.voided
        from invoices i
        cross join lateral (
             select coalesce(sum(n.net), 0) as net, coalesce(sum(n.tax), 0) as tax,
                    coalesce(sum(e.amount), 0) as before
               from invoice_lines n
               left join ledger_entries e on e.i_env = n.i_env and e.id = n.i_entry
              where n.i_env = i.i_env and n.i_invoice = i.id) n
        cross join lateral (
             select coalesce(sum(amount) filter (where kind not in ('payment', 'refund', 'void', 'write_off')), 0) as charged,
                    coalesce(sum(amount) filter (where kind = 'void'), 0) as voided
               from ledger_entries l where l.i_env = i.i_env and l.i_invoice = i.id) l
       where i.net + i.tax <> i.total or n.net <> i.net or n.tax <> i.tax
          or l.charged + n.before <> i.total
          or l.voided <> case i.state when 'void' then -i.total else 0 end`,
  },
  {
    name: 'I8',
    sentence:
      'what is open on invoices is what is owed, but for credit that nothing is left to pay with',
    find: `
      select c.i_env, c.id as i_customer, c.balance, o.open, o.pending,
             o.open + o.pending - c.balance as credit
        from customers c
        cross join lateral (
             select coalesce((select sum(total - paid) from invoices i
                       where i.i_env = c.i_env and i.i_customer = c.id
                         and i.state in ('issued', 'overdue')), 0) as open,
                    coalesce((select sum(e.amount) from ledger_entries e
                       where e.i_env = c.i_env and e.i_customer = c.id and e.i_invoice is null
                         and e.kind in ('charge', 'credit')
                         and not exists (select from invoice_lines n
                                          where n.i_env = e.i_env and n.i_entry = e.id)), 0) as pending) o
       where o.open + o.pending - c.balance < 0
          or (o.open + o.pending - c.balance > 0 and o.open > 0)`,
  },
  {
    name: 'I8',
    sentence: 'invoices are numbered without a gap, and none is left a draft',
    find: `
      select i_env, c.last, count(i.id) as invoices,
             max(substring(i.number from '[0-9]+$')::int) as highest
        from invoice_counters c full join invoices i using (i_env)
       group by i_env, c.last
      having coalesce(c.last, 0) <> count(i.id)
          or max(substring(i.number from '[0-9]+$')::int) <> count(i.id)
          or count(distinct substring(i.number from '[0-9]+$')::int) <> count(i.id)`,
  },
  {
    name: 'I8',
    sentence: 'a subscription is charged period after period, each once, without a hole',
    find: `
      select i_env, i_customer_subscription, period_from, before from (
        select i_env, i_customer_subscription, period_from, period_until,
               lag(period_until) over (partition by i_env, i_customer_subscription
                                       order by period_from, id) as before
          from ledger_entries where kind = 'periodic' and i_customer_subscription is not null) p
       where before <> period_from or period_until <= period_from
      union all
      select s.i_env, s.id, s.charged_until, max(l.period_until)
        from customer_subscriptions s
        left join ledger_entries l on l.i_env = s.i_env and l.i_customer_subscription = s.id
             and l.kind = 'periodic'
       group by s.i_env, s.id, s.charged_until, s.started_on
      having s.charged_until <> coalesce(max(l.period_until), s.started_on)
          or min(l.period_from) <> s.started_on`,
  },
]
