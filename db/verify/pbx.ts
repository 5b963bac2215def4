import type { Invariant } from '#db/verify.ts'

/** Hunt groups, and where menus lead. */
export const pbx: readonly Invariant[] = [
  {
    name: 'I16',
    sentence:
      'a hunt group has extensions of its own PBX, each in a place of its own while it lives',
    find: `
      select m.i_env, m.i_hunt_group, m.i_account, m.position, m.live, a.status
        from hunt_group_members m
        left join hunt_groups g on g.i_env = m.i_env and g.id = m.i_hunt_group
        left join accounts a on a.i_env = m.i_env and a.id = m.i_account
       where g.i_customer is distinct from m.i_customer or a.i_customer is distinct from m.i_customer
          or a.kind <> 'extension' or m.live <> (a.status <> 'terminated')
          or exists (select 1 from hunt_group_members o
                      where o.i_env = m.i_env and o.i_hunt_group = m.i_hunt_group
                        and o.position = m.position and o.i_account <> m.i_account)`,
  },
  {
    name: 'I16',
    sentence: 'a menu ends somewhere, and leads to extensions and hunt groups of its own PBX',
    find: `
      with leads as (
        select i_env, i_customer, i_account, k.key, k.value as lead
          from auto_attendants, jsonb_each(menu -> 'keys') k
         union all
        select i_env, i_customer, i_account, 'otherwise', menu -> 'otherwise' from auto_attendants)
      select l.i_env, l.i_account, l.key, l.lead from leads l
       where not coalesce(case lead ->> 'to'
         when 'repeat' then key <> 'otherwise'
         when 'goodbye' then key = 'otherwise'
         when 'group' then exists (
           select 1 from hunt_groups g where g.i_env = l.i_env and g.i_customer = l.i_customer
              and g.id = (lead ->> 'group')::int)
         when 'extension' then exists (
           select 1 from extensions e where e.i_env = l.i_env and e.i_customer = l.i_customer
              and e.i_account = (lead ->> 'account')::int)
         when 'voicemail' then exists (
           select 1 from extensions e where e.i_env = l.i_env and e.i_customer = l.i_customer
              and e.i_account = (lead ->> 'account')::int)
       end, false)`,
  },
]
