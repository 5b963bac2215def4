import { type HotStatement, hot } from '#db/prepared.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const charged: HotStatement = {
  name: 'ledger_any_subscription',
  text: `
    select exists (select from ledger_entries
                    where i_env = $1 and i_customer = $2 and i_customer_subscription is not null) as charged`,
}

/** Whether anything a customer has was ever charged. */
export const anyCharged = (ctx: Ctx, customer: CustomerId) =>
  hot<{ charged: boolean }>(ctx.db, charged, [ctx.env, customer])
