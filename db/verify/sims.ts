import type { Invariant } from '#db/verify.ts'

/** ISO/IEC 7812 over the digits of a column, from the right: every second one doubled. */
const luhn = (column: string) => `
  (select sum(case when place % 2 = 1 then digit when digit > 4 then digit * 2 - 9 else digit * 2 end)
     from (select place, d::int as digit
             from unnest(string_to_array(reverse(${column}), null)) with ordinality as u(d, place)) digits)`

/** SIM cards, and accounts that were not let begin. */
export const sims: readonly Invariant[] = [
  {
    name: 'I16',
    sentence: 'a SIM card is called by its ICCID, check digit and all, and has an IMSI',
    find: `
      select i_env, account_id, imsi from accounts
       where kind = 'sim' and status <> 'terminated'
         and case when account_id !~ '^89[0-9]{17,18}$' or imsi is null or imsi !~ '^[0-9]{14,15}$' then true
                  else ${luhn('account_id')} % 10 <> 0 end`,
  },
  {
    name: 'I16',
    sentence: 'an IMSI is on one living SIM card at most',
    find: `
      select i_env, imsi from accounts where status <> 'terminated' and imsi is not null
       group by 1, 2 having count(*) > 1`,
  },
  {
    name: 'I16',
    sentence: 'what was rejected has ended, and never began',
    find: `
      select i_env, account_id, status from accounts
       where rejection is not null and (status <> 'terminated' or activated_at is not null)`,
  },
]
