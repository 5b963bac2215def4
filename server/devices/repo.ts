import { and, asc, eq, inArray } from 'drizzle-orm'
import { type Bound, type HotStatement, hot } from '#db/prepared.ts'
import { accountDevices, deviceModels } from '#db/schema/devices.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import type { Ctx } from '#server/runtime/ctx.ts'

const model = {
  id: deviceModels.id,
  code: deviceModels.code,
  vendor: deviceModels.vendor,
  model: deviceModels.model,
  kind: deviceModels.kind,
  format: deviceModels.format,
  picture: deviceModels.picture,
}

const listSome: HotStatement = {
  name: 'device_models',
  text: `
    select id, code, vendor, model, kind, format, picture
      from device_models where i_env = $1 and id = any($2::int[]) order by id`,
}

type Model = Pick<typeof deviceModels.$inferSelect, keyof typeof model>

export const list = (ctx: Ctx, ids: readonly number[]) =>
  hot<Model>(ctx.db, listSome, [ctx.env, ids])

export const listAll = (ctx: Ctx) =>
  ctx.db
    .select(model)
    .from(deviceModels)
    .where(eq(deviceModels.env, ctx.env))
    .orderBy(asc(deviceModels.id))

const giveOne: HotStatement = {
  name: 'device_give',
  text: `
    insert into account_devices (i_env, i_account, i_customer, i_device_model)
    values ($1, $2, $3, $4)
    on conflict (i_env, i_account) do update set i_device_model = excluded.i_device_model`,
}

export const give = (
  ctx: Ctx,
  row: { account: AccountId; customer: CustomerId; deviceModel: number },
): Bound => ({ ...giveOne, values: [ctx.env, row.account, row.customer, row.deviceModel] })

export const ofAccounts = (ctx: Ctx, ids: AccountId[]) =>
  ctx.db
    .select({ account: accountDevices.account, ...model })
    .from(accountDevices)
    .innerJoin(
      deviceModels,
      and(
        eq(deviceModels.env, accountDevices.env),
        eq(deviceModels.id, accountDevices.deviceModel),
      ),
    )
    .where(and(eq(accountDevices.env, ctx.env), inArray(accountDevices.account, ids)))

export const noteFetched = (ctx: Ctx, account: AccountId) =>
  ctx.db
    .update(accountDevices)
    .set({ configFetchedAt: ctx.wall })
    .where(and(eq(accountDevices.env, ctx.env), eq(accountDevices.account, account)))
