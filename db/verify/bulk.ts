import type { Invariant } from '#db/verify.ts'

/** Lists of extensions that customers uploaded. */
export const bulk: readonly Invariant[] = [
  {
    name: 'I3',
    sentence:
      'an upload is applied once: each row made one account, of no other row and in its PBX',
    find: `
      select r.i_env, r.i_batch, min(r.n) as row, r.i_account, count(*) as rows
        from bulk_rows r where r.i_account is not null
       group by r.i_env, r.i_batch, r.i_account having count(*) > 1
       union all
      select r.i_env, r.i_batch, r.n, r.i_account, 1
        from bulk_rows r left join accounts a on a.i_env = r.i_env and a.id = r.i_account
       where r.i_account is not null and a.i_customer is distinct from r.i_customer`,
  },
  {
    name: 'I3',
    sentence: 'an upload made what it says, and rows are made when it is applied, not before',
    find: `
      select b.i_env, b.id, b.state, b.made, count(r.n) filter (where r.i_account is not null) as rows
        from bulk_batches b left join bulk_rows r on r.i_env = b.i_env and r.i_batch = b.id
       group by b.i_env, b.id, b.state, b.made
      having b.made <> count(r.n) filter (where r.i_account is not null)
          or (b.state = 'undone') <> coalesce(bool_and(r.state = 'undone') filter (where r.i_account is not null), b.state = 'undone')`,
  },
  {
    name: 'I13',
    sentence: 'no upload has been worked on for ten minutes',
    find: `
      select i_env, id, state, attempt, changed_at from bulk_batches
       where state in ('applying', 'undoing') and changed_at < now() - interval '10 minutes'`,
  },
]
