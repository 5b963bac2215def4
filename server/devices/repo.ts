import { and, asc, eq, inArray } from 'drizzle-orm'
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

export const list = (ctx: Ctx, ids: number[]) =>
  ctx.db
    .select(model)
    .from(deviceModels)
    .where(and(eq(deviceModels.env, ctx.env), inArray(deviceModels.id, ids)))
    .orderBy(asc(deviceModels.id))

export const listAll = (ctx: Ctx) =>
  ctx.db
    .select(model)
    .from(deviceModels)
    .where(eq(deviceModels.env, ctx.env))
    .orderBy(asc(deviceModels.id))

export const give = (
  ctx: Ctx,
  row: { account: AccountId; customer: CustomerId; deviceModel: number },
) =>
  ctx.db
    .insert(accountDevices)
    .values({ ...row, env: ctx.env })
    .onConflictDoUpdate({
      target: [accountDevices.env, accountDevices.account],
      set: { deviceModel: row.deviceModel },
    })

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
    .set({ configFetchedAt: ctx.now })
    .where(and(eq(accountDevices.env, ctx.env), eq(accountDevices.account, account)))
