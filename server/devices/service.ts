import * as accounts from '#server/accounts/service.ts'
import * as audit from '#server/audit/service.ts'
import { demand } from '#server/auth/rights.ts'
import * as auth from '#server/auth/service.ts'
import { configFor } from '#server/devices/config.ts'
import { modelNotFound, noDevice } from '#server/devices/errors.ts'
import { configFetched, deviceGiven } from '#server/devices/events.ts'
import { qrSvgPath } from '#server/devices/qr.ts'
import * as repo from '#server/devices/repo.ts'
import type { ConfigLink, DeviceConfig, DeviceView, GiveDevice } from '#server/devices/schema.ts'
import { publish } from '#server/events/service.ts'
import type { AccountId, CustomerId } from '#server/kernel/ids.ts'
import { system } from '#server/runtime/actor.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { leave } from '#server/runtime/gather.ts'
import { type App, unitOfWork } from '#server/runtime/unit-of-work.ts'

/** A file that carries a password waits a day to be fetched, once. */
const configMinutes = 24 * 60

/** Models by their ids, in that order of ids. */
export const models = async (ctx: Ctx, ids: readonly number[]) =>
  ids.length === 0 ? [] : repo.list(ctx, ids)

type Given = Readonly<{
  account: AccountId
  accountId: string
  customer: CustomerId
  model: { id: number; vendor: string; model: string }
}>

/** Gives an account its phone, in place of the one before. */
export async function give(
  ctx: Ctx,
  { account, accountId, customer, model: { id, vendor, model } }: Given,
): Promise<void> {
  leave(ctx, repo.give(ctx, { account, customer, deviceModel: id }))
  await publish(ctx, deviceGiven(customer, account, { id: accountId, vendor, model }))
}

/** The phones of accounts, account by account. */
export async function ofAccounts(ctx: Ctx, ids: AccountId[]): Promise<Map<number, DeviceView>> {
  if (ids.length === 0) return new Map()
  const rows = await repo.ofAccounts(ctx, ids)
  return new Map(
    rows.map(({ account, code, vendor, model, kind, picture }) => [
      account,
      { code, vendor, model, kind, picture },
    ]),
  )
}

/** A one-time link to the file that sets a phone up; for a softphone as a QR code, too. */
export async function makeConfigLink(
  ctx: Ctx,
  account: AccountId,
  publicUrl: string,
): Promise<ConfigLink> {
  const [device] = await repo.ofAccounts(ctx, [account])
  if (!device) throw noDevice()

  const { token, expiresAt } = await auth.makeOneTimeToken(ctx, {
    purpose: 'config_file',
    subject: { account },
    minutes: configMinutes,
  })
  const url = `${publicUrl}/config/${token}`
  return {
    url,
    expiresAt: expiresAt.toISOString(),
    qr: device.kind === 'softphone' ? qrSvgPath(url) : null,
  }
}

/** The same for one of my accounts, or for the one I am. */
export async function myConfigLink(
  ctx: Ctx,
  input: { account: number; publicUrl: string },
): Promise<ConfigLink> {
  demand(ctx.actor, 'account:config')
  const { account, customer } = await accounts.find(ctx, input.account as AccountId)
  const link = await makeConfigLink(ctx, account as AccountId, input.publicUrl)
  await audit.done(ctx, {
    action: 'account.config_link',
    entity: 'account',
    entityId: String(account),
    customer: customer as CustomerId,
  })
  return link
}

/**
 * What a one-time link gives out, once.
 *
 * @throws gone `auth.link_lapsed`
 */
export async function openConfig(
  app: App,
  token: string,
  requestId: string,
): Promise<DeviceConfig> {
  const { env, subject } = await auth.spendOneTimeToken(app, 'config_file', token)
  const account = Number(subject.account) as AccountId
  const edge = { ...app, env, requestId, actor: system('device') }
  return unitOfWork(edge, async (ctx) => {
    const [device] = await repo.ofAccounts(ctx, [account])
    if (!device) throw noDevice()
    const { customer } = await accounts.find(ctx, account)
    const sip = await accounts.sipCredentials(ctx, account)
    const { sipDomain } = await auth.home(ctx)

    await repo.noteFetched(ctx, account)
    await publish(ctx, configFetched(customer as CustomerId, account))
    return configFor(
      device.format,
      {
        domain: sipDomain,
        transport: 'tls',
        port: 5061,
        username: sip.username,
        password: sip.password,
        displayName: sip.name,
        lineLabel: sip.name || sip.username,
        timeZone: sip.timeZone,
        language: 'en',
        registerExpires: 3600,
        codecs: ['opus', 'g722', 'pcmu', 'pcma'],
      },
      ctx.wall,
    )
  })
}

/** The phone of one of my accounts, if it has one. */
export async function mine(ctx: Ctx, input: { account: number }): Promise<DeviceView | null> {
  demand(ctx.actor, 'account:config')
  const { account } = await accounts.find(ctx, input.account as AccountId)
  return (await ofAccounts(ctx, [account as AccountId])).get(account) ?? null
}

/** The phones of those of these accounts that are mine. */
export async function ofMine(
  ctx: Ctx,
  input: { accounts: number[] },
): Promise<(DeviceView & { account: number })[]> {
  demand(ctx.actor, 'extensions:read')
  const rows = await accounts.findMany(ctx, input.accounts as AccountId[])
  const own = rows.filter((row) => row.customer === ctx.actor.customer)
  const phones = await ofAccounts(
    ctx,
    own.map((row) => row.account as AccountId),
  )
  return [...phones].map(([account, phone]) => ({ account, ...phone }))
}

/** Every model a phone line can be given. */
export async function allModels(ctx: Ctx): Promise<DeviceView[]> {
  demand(ctx.actor, 'extensions:read')
  const rows = await repo.listAll(ctx)
  return rows.map(({ code, vendor, model, kind, picture }) => ({
    code,
    vendor,
    model,
    kind,
    picture,
  }))
}

/**
 * Gives one of my accounts its phone.
 *
 * @throws not_found `accounts.not_found`, `devices.model_not_found`
 */
export async function giveToMine(ctx: Ctx, { account: id, code }: GiveDevice): Promise<DeviceView> {
  demand(ctx.actor, 'extensions:write')
  const row = await accounts.findMine(ctx, id as AccountId)
  const chosen = (await repo.listAll(ctx)).find((each) => each.code === code)
  if (!chosen) throw modelNotFound()

  const account = row.account as AccountId
  const { accountId } = row
  await give(ctx, { account, accountId, customer: row.customer as CustomerId, model: chosen })
  await audit.done(ctx, {
    action: 'account.give_device',
    entity: 'account',
    entityId: String(account),
    customer: row.customer as CustomerId,
    after: { model: code },
  })
  const { vendor, model, kind, picture } = chosen
  return { code, vendor, model, kind, picture }
}
