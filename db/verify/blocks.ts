import type { Invariant } from '#db/verify.ts'

/** Stretches of time for which accounts are blocked. */
export const blocks: readonly Invariant[] = [
  {
    name: 'I9',
    sentence: 'blocks of a line don’t overlap, and no day of it is free twice',
    find: `
      select a.i_env, a.i_account, a.id as one, b.id as other, a.days, b.days as other_days
        from account_blocks a
        join account_blocks b on b.i_env = a.i_env and b.i_account = a.i_account and b.id > a.id
       where (a.state in ('running', 'over') and b.state in ('running', 'over')
              and (a.days && b.days
                or tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)))
          or (a.placed_by = b.placed_by and 'planned' in (a.state, b.state)
              and 'cancelled' not in (a.state, b.state)
              and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at))`,
  },
  {
    name: 'I9',
    sentence: 'an account is blocked while a block of it is in force, by whoever placed that',
    find: `
      select coalesce(a.i_env, b.i_env) as i_env, a.account_id, b.i_account, a.status, a.blocked_by,
             b.placed_by
        from (select * from accounts where status = 'blocked') a
        full join (select * from account_blocks where state = 'running') b
          on b.i_env = a.i_env and b.i_account = a.id
       where a.blocked_by is distinct from b.placed_by`,
  },
  {
    name: 'I9',
    sentence: 'what the provider blocked is unblocked as it planned, or by its own people',
    find: `
      select b.i_env, b.i_account, b.id as block, b.ends_at, b.planned_until
        from account_blocks b
       where b.placed_by = 'admin' and b.state = 'over' and b.ends_at is distinct from b.planned_until
         and not exists (
           select 1 from audit_rows r
            where r.i_env = b.i_env and r.i_customer = b.i_customer and r.entity = 'account'
              and r.entity_id = b.i_account::text and r.at = b.ends_at and r.outcome = 'done'
              and r.realm in ('admin', 'reseller', 'system'))`,
  },
  {
    name: 'I9',
    sentence: 'what is free was blocked: days lie within their block and begin where it says',
    find: `
      select i_env, i_account, id as block, starts_at, ends_at, free_from, days
        from account_blocks
       where upper_inf(days) <> (ends_at is null)
          or lower(days) <> free_from
          or lower(days) < (starts_at at time zone time_zone)::date
          or upper(days) > (ends_at at time zone time_zone)::date + 1`,
  },
]
