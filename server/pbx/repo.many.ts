import { type HotStatement, hot } from '#db/prepared.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { WholeLine } from '#server/pbx/schema.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const insertAll: HotStatement = {
  name: 'extension_insert_many',
  text: `
    insert into extensions (i_env, i_account, i_customer, extension, published)
    select $1, r.account, $2, r.extension, r.published
      from jsonb_to_recordset($3::jsonb) as r(account int, extension text, published boolean)
    on conflict (i_env, i_customer, extension) where live do nothing
    returning extension`,
}

/** Short numbers of new accounts; those that somebody has are left out. */
export const insertExtensions = (
  ctx: Ctx,
  customer: CustomerId,
  rows: readonly { account: AccountId; extension: string; published: boolean }[],
) => hot<{ extension: string }>(ctx.db, insertAll, [ctx.env, customer, JSON.stringify(rows)])

const groupsAll: HotStatement = {
  name: 'hunt_group_names',
  text: 'select id, name from hunt_groups where i_env = $1 and i_customer = $2 order by name',
}

export const huntGroupsOf = (ctx: Ctx, customer: CustomerId) =>
  hot<{ id: number; name: string }>(ctx.db, groupsAll, [ctx.env, customer])

const whole = `
  select l.i_account as account, l.account_id as "accountId", l.extension, l.name, l.published,
         l.email, l.time_zone as "timeZone", l.product,
         array(select n.number from extension_line_numbers n
                where n.i_env = l.i_env and n.i_account = l.i_account order by 1) as numbers,
         array(select g.name::text from hunt_group_members m
                 join hunt_groups g on g.i_env = m.i_env and g.id = m.i_hunt_group
                where m.i_env = l.i_env and m.i_account = l.i_account and m.live order by 1) as groups
    from extension_lines l
   where l.i_env = $1 and l.i_customer = $2`

const among: HotStatement = {
  name: 'extension_lines_among',
  text: `${whole} and l.extension = any($3::text[])`,
}

/** Those of some short numbers that are there, with all that a list of extensions says. */
export const linesAmong = (ctx: Ctx, customer: CustomerId, extensions: readonly string[]) =>
  hot<WholeLine>(ctx.db, among, [ctx.env, customer, extensions])

const after: HotStatement = {
  name: 'extension_lines_after',
  text: `${whole} and (length(l.extension), l.extension) > ($3::int, $4::text)
   order by length(l.extension), l.extension limit $5`,
}

/** The next ones in the order people count, 99 before 100. */
export const linesAfter = (ctx: Ctx, customer: CustomerId, last: string, limit: number) =>
  hot<WholeLine>(ctx.db, after, [ctx.env, customer, last.length, last, limit])

const kept: HotStatement = {
  name: 'extension_names_kept',
  text: `
    select named_after as "namedAfter", extension from extensions
     where i_env = $1 and i_customer = $2 and live and named_after = any($3::text[])`,
}

/** Of some numbers, those an account is still called after whose extension has another now. */
export const namesKept = (ctx: Ctx, customer: CustomerId, extensions: readonly string[]) =>
  hot<{ namedAfter: string; extension: string }>(ctx.db, kept, [ctx.env, customer, extensions])

const zeros: HotStatement = {
  name: 'extension_zero_digits',
  text: `
    select distinct length(extension) as digits from extensions
     where i_env = $1 and i_customer = $2 and live and extension like '0%'`,
}

export const zeroDigits = (ctx: Ctx, customer: CustomerId) =>
  hot<{ digits: number }>(ctx.db, zeros, [ctx.env, customer])

const called: HotStatement = {
  name: 'extension_of_accounts',
  text: `
    select i_account as account, extension from extensions
     where i_env = $1 and i_account = any($2::int[])`,
}

export const extensionsOf = (ctx: Ctx, accounts: readonly number[]) =>
  hot<{ account: number; extension: string }>(ctx.db, called, [ctx.env, accounts])
