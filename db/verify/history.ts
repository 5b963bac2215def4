import type { Invariant } from '#db/verify.ts'

/** Rows of which there is not exactly one event, or audit row, that tells of them. */
const told = (
  entity: string,
  { in: table, told: column, as: word, where = 'true', id = 'id' }: Told,
) => `
  select t.i_env, t.${id} as ${entity}, count(e.*) as told
    from ${table} t
    left join ${column === 'type' ? 'events' : 'audit_rows'} e
      on e.i_env = t.i_env and e.entity = '${entity}' and e.entity_id = t.${id}::text
     and e.${column} = '${word}'
   where ${where}
   group by t.i_env, t.${id} having count(e.*) <> 1`

/** Accounts whose ends and returns don't add up to what they are now. */
const endsTold = (
  table: 'events' | 'audit_rows',
  column: string,
  ends: string,
  returns: string,
) => `
  select a.i_env, a.account_id, a.status, t.ends, t.returns
    from accounts a
    left join (select i_env, entity_id, count(*) filter (where ${column} in (${ends})) as ends,
                      count(*) filter (where ${column} = ${returns}) as returns
                 from ${table} where entity = 'account' group by 1, 2) t
      on t.i_env = a.i_env and t.entity_id = a.id::text
   where coalesce(t.ends - t.returns, 0) <> (a.status = 'terminated')::int`

type Told = { in: string; told: 'type' | 'action'; as: string; where?: string; id?: string }

/** What is told of each change, and in which order. */
export const history: readonly Invariant[] = [
  {
    name: 'I10',
    sentence: 'a customer has one event that says it was made',
    find: told('customer', { in: 'customers', told: 'type', as: 'customer.created' }),
  },
  {
    name: 'I10',
    sentence: 'an account has one event that says it was made',
    find: told('account', { in: 'accounts', told: 'type', as: 'account.created' }),
  },
  {
    name: 'I10',
    sentence: 'the end of an account is an event, and its return another',
    find: endsTold('events', 'type', "'account.terminated'", "'account.restored'"),
  },
  {
    name: 'I10',
    sentence: 'an extension has one event that says it was added',
    find: told('account', {
      in: 'extensions',
      told: 'type',
      as: 'extension.added',
      id: 'i_account',
    }),
  },
  {
    name: 'I10',
    sentence: 'an auto attendant has one event that says it was added',
    find: told('account', {
      in: 'auto_attendants',
      told: 'type',
      as: 'auto_attendant.added',
      id: 'i_account',
    }),
  },
  {
    name: 'I10',
    sentence: 'an invoice has one event that says it was issued',
    find: told('invoice', { in: 'invoices', told: 'type', as: 'invoice.issued' }),
  },
  {
    name: 'I10',
    sentence: 'a paid invoice has one event that says so',
    find: told('invoice', {
      in: 'invoices',
      told: 'type',
      as: 'invoice.paid',
      where: "t.state = 'paid' and t.total > 0",
    }),
  },
  {
    name: 'I11',
    sentence: 'the events of an entity are numbered 1 to n, in the order they were written',
    find: `
      select i_env, entity, entity_id, s.seq, e.n, e.last
        from event_streams s
        full join (select i_env, entity, entity_id, count(*) as n, max(seq) as last,
                          bool_or(seq <> place) as disordered
                     from (select i_env, entity, entity_id, seq,
                                  row_number() over (partition by i_env, entity, entity_id order by id) as place
                             from events) placed
                    group by 1, 2, 3) e using (i_env, entity, entity_id)
       where s.seq is distinct from e.n or s.seq is distinct from e.last or e.disordered`,
  },
  {
    name: 'I15',
    sentence: 'an account has one audit row that says who made it',
    find: told('account', { in: 'accounts', told: 'action', as: 'account.create' }),
  },
  {
    name: 'I15',
    sentence: 'the end of an account is an audit row, and its return another',
    find: endsTold(
      'audit_rows',
      'action',
      "'account.terminate', 'account.reject'",
      "'account.restore'",
    ),
  },
  {
    name: 'I15',
    sentence: 'a rejected account has one audit row that says who rejected it',
    find: told('account', {
      in: 'accounts',
      told: 'action',
      as: 'account.reject',
      where: 't.rejection is not null',
    }),
  },
  {
    name: 'I15',
    sentence: 'an invoice has one audit row that says who issued it',
    find: told('invoice', { in: 'invoices', told: 'action', as: 'invoice.issue' }),
  },
  {
    name: 'I15',
    sentence: 'a paid invoice has one audit row that says so',
    find: told('invoice', {
      in: 'invoices',
      told: 'action',
      as: 'invoice.pay',
      where: "t.state = 'paid' and t.total > 0",
    }),
  },
  {
    name: 'I18',
    sentence: 'no connection of the application was left in the middle of its work',
    find: `
      select pid, state, state_change from pg_stat_activity
       where datname = current_database() and usename = 'portico_app'
         and state like 'idle in transaction%' and state_change < now() - interval '30 seconds'`,
  },
]
