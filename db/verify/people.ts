import type { Invariant } from '#db/verify.ts'

/** Who signs in for a customer, and who is named for what was done. */
export const people: readonly Invariant[] = [
  {
    name: 'I14',
    sentence: 'a customer that anybody signs in for has an administrator who can',
    find: `
      select i_env, i_customer from users u
       where realm = 'customer' group by 1, 2
      having not bool_or(is_acting_administrator(u))`,
  },
  {
    name: 'I15',
    sentence: 'an audit row names who did it, and for whom where an administrator did',
    find: `
      select i_env, id, realm, actor, action from audit_rows
       where actor = ''
          or (realm in ('admin', 'reseller', 'customer', 'account') and i_user is null)
          or (realm in ('admin', 'reseller') and entity = 'account' and outcome = 'done'
              and i_customer is not null and on_behalf_of is null)`,
  },
]
