import type { Invariant, Query } from '#db/verify.ts'

/** Environments, and what keeps them apart. */
export const walls: readonly Invariant[] = [
  {
    name: 'I14',
    sentence: 'every row is in an environment there is',
    find: findStrays,
  },
  {
    name: 'I14',
    sentence: 'no key between tables is switched off or unproven',
    find: `
      select conrelid::regclass::text as table, conname as key from pg_constraint
       where contype in ('f', 'c') and connamespace = 'public'::regnamespace and not convalidated
      union all
      select tgrelid::regclass::text, tgname from pg_trigger where tgenabled = 'D'`,
  },
  {
    name: 'I14',
    sentence: 'every table with an environment is walled',
    find: `
      select c.relname as table from pg_class c
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
         and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'i_env')
         and not (c.relrowsecurity and c.relforcerowsecurity
                  and exists (select 1 from pg_policy p where p.polrelid = c.oid))`,
  },
  {
    name: 'I14',
    sentence: 'a parent is a reseller',
    find: `
      select c.i_env, c.id as i_customer, c.i_parent from customers c
        join customers p on p.i_env = c.i_env and p.id = c.i_parent
       where not p.is_reseller`,
  },
]

async function findStrays(query: Query) {
  const tables = await query(
    `select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'i_env'`,
  )
  const perTable = tables.map(
    ({ name }) => `
      select '${name}' as table, i_env, count(*) as rows from ${name}
       where i_env not in (select id from environments) group by i_env`,
  )
  return query(perTable.join(' union all '))
}
