import type { Invariant } from '#db/verify.ts'

const live = `
  select i_env, i_customer, i_product from accounts where status <> 'terminated'
  union all
  select o.i_env, o.i_customer, o.i_product
    from account_addons o join accounts a on a.i_env = o.i_env and a.id = o.i_account
   where a.status <> 'terminated'`

/** Accounts, their numbers and names, and the places they take. */
export const lines: readonly Invariant[] = [
  {
    name: 'I1',
    sentence: 'places used of an agreement are those of its live accounts, within the quantity',
    find: `
      with counted as (select i_env, i_customer, i_product, count(*) as live from (${live}) l
                        group by 1, 2, 3)
      select i_env, i_customer, i_product, i.used, i.quantity, coalesce(c.live, 0) as live
        from agreement_items i full join counted c using (i_env, i_customer, i_product)
       where i.used is distinct from coalesce(c.live, 0) or i.used < 0 or i.used > i.quantity`,
  },
  {
    name: 'I2',
    sentence: 'a number is on one live account at most, and an alias of it',
    find: `
      select coalesce(n.i_env, l.i_env) as i_env, coalesce(n.number, l.alias) as number,
             n.i_account as assigned_to, l.i_account as alias_of, a.status
        from numbers n
        full join account_aliases l on l.i_env = n.i_env and l.alias = n.number
        left join accounts a on a.i_env = n.i_env and a.id = n.i_account
       where (n.number is not null and n.i_account is distinct from l.i_account)
          or (n.i_account is not null and a.status = 'terminated')`,
  },
  {
    name: 'I2',
    sentence: 'a number is in one state: free, held, provided or assigned',
    find: `
      select i_env, number, i_customer, i_account, hold_id from numbers
       where (i_account is not null and i_customer is null)
          or (i_customer is not null and hold_id is not null)
          or num_nulls(hold_id, hold_draft, hold_until) not in (0, 3)`,
  },
  {
    name: 'I8',
    sentence:
      'what runs for an account is of a product it has, and nothing runs for one that ended',
    find: `
      select c.i_env, c.i_account, c.i_product, a.status, c.started_on
        from customer_subscriptions c join accounts a on a.i_env = c.i_env and a.id = c.i_account
       where c.ended_on is null
         and (a.status = 'terminated' or (c.i_product is not null and c.i_product <> a.i_product
              and not exists (select 1 from account_addons o
                               where o.i_env = c.i_env and o.i_account = c.i_account
                                 and o.i_product = c.i_product)))`,
  },
  {
    name: 'I9',
    sentence: 'an account is blocked by somebody, and by nobody when it isn’t',
    find: `
      select i_env, account_id, status, blocked_by, terminated_at from accounts
       where (status = 'blocked') <> (blocked_by is not null)
          or (status = 'terminated') <> (terminated_at is not null)`,
  },
  {
    name: 'I16',
    sentence: 'accounts are called after their extension or auto attendant',
    find: `
      select a.i_env, a.account_id, a.kind, e.extension, e.named_after, t.n
        from accounts a
        left join extensions e on e.i_env = a.i_env and e.i_account = a.id
        left join auto_attendants t on t.i_env = a.i_env and t.i_account = a.id
       where (a.kind = 'extension') <> (e.extension is not null)
          or (a.kind = 'auto_attendant') <> (t.n is not null)
          or a.account_id <> 'ph' || a.i_customer || 'x' || coalesce(e.named_after, e.extension)
          or a.account_id <> 'ph' || a.i_customer || 'aa' || t.n
          or e.live <> (a.status <> 'terminated')`,
  },
  {
    name: 'I16',
    sentence: 'an extension is one of its number in its PBX, an account one of its name',
    find: `
      select i_env, i_customer, extension as called from extensions where live
       group by 1, 2, 3 having count(*) > 1
      union all
      select i_env, null, account_id from accounts where status <> 'terminated'
       group by 1, 3 having count(*) > 1`,
  },
  {
    name: 'I16',
    sentence: 'the next auto attendant’s number was never given before',
    find: `
      select t.i_env, t.i_customer, max(t.n) as highest, c.next_auto_attendant as next
        from auto_attendants t left join pbx_counters c using (i_env, i_customer)
       group by 1, 2, c.next_auto_attendant
      having c.next_auto_attendant is null or max(t.n) >= c.next_auto_attendant`,
  },
]
