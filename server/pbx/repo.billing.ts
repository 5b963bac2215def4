import { type HotStatement, hot } from '#db/prepared.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const ofCustomers: HotStatement = {
  name: 'extensions_of_customers',
  text: `
    select i_account as account, extension from extensions
     where i_env = $1 and i_customer = any($2::int[])`,
}

/** Short numbers of customers' accounts, those that ended too. */
export const extensionsOf = (ctx: Ctx, customers: readonly number[]) =>
  hot<{ account: AccountId; extension: string }>(ctx.db, ofCustomers, [ctx.env, customers])
