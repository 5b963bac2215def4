import type { OpenedAccount } from '#server/accounts/schema.ts'
import * as accounts from '#server/accounts/service.ts'
import { discount } from '#server/agreements/service.billing.ts'
import * as agreements from '#server/agreements/service.ts'
import * as audit from '#server/audit/service.ts'
import * as auth from '#server/auth/service.ts'
import * as billing from '#server/billing/service.ts'
import * as catalog from '#server/catalog/service.ts'
import * as customers from '#server/customers/service.ts'
import * as devices from '#server/devices/service.ts'
import { publish } from '#server/events/service.ts'
import { type CivilDate, dayIn } from '#server/kernel/civil.ts'
import type { CustomerId, DraftId, ProductId, SubscriptionId } from '#server/kernel/ids.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { together } from '#server/runtime/together.ts'
import { chargesOf, discountsOf, type Started } from './charges.ts'
import { deviceNotOffered, incomplete, planUnknown } from './errors.ts'
import type * as orders from './repo.orders.ts'
import * as sites from './repo.sites.ts'
import type { Address, Credentials, OrderResult } from './schema.ts'

export type Provisioned = Readonly<{
  customer: CustomerId
  result: OrderResult
  credentialsSealed: string
}>

/** What first passwords are sealed to: moved to another order they don't open. */
export const sealedTo = (ctx: Ctx, order: number) => `signup:${ctx.env}:${order}`

/**
 * Makes of an order a customer with everything that was agreed to: all of it or, where anything is
 * refused, nothing. One transaction, which is the caller's.
 *
 * @throws conflict `numbers.hold_lost` where the number went to somebody else
 */
export async function provision(ctx: Ctx, order: orders.OrderRow): Promise<Provisioned> {
  const { quote, submitted } = order
  const { address, number } = submitted
  if (!address || !number) throw incomplete('address')
  const [[deal], { sipDomain }] = await together(
    sites.dealOf(ctx, order.draft as DraftId, submitted.plan),
    auth.home(ctx),
  )
  if (!deal) throw planUnknown()

  const day = dayIn(address.timeZone, ctx.now)
  const [customer, model] = await together(
    customers.create(ctx, {
      ...address,
      // The first period is paid whole, today: bills follow that day, whatever the class says.
      billingAnchor: day,
      parent: (deal.owner ?? undefined) as CustomerId | undefined,
      customerClass: deal.customerClass,
      currency: quote.currency,
      locale: submitted.locale,
    }),
    modelOf(ctx, deal, submitted.device),
  )
  const [{ user, login, password }, , opened, packages] = await together(
    makeUser(ctx, customer, address, submitted.locale),
    agreements.grant(ctx, customer, deal.items),
    openAccount(ctx, deal, customer, address, number, order.holdId),
    startPackage(ctx, quote.held === undefined ? deal.subscription : quote.held, customer, day),
  )
  const { account, accountId } = opened
  await devices.give(ctx, { account, accountId, customer, model })
  await audit.done(ctx, {
    action: 'signup.provision',
    entity: 'signup_order',
    entityId: String(order.id),
    customer,
    after: { plan: deal.code, number, account: accountId },
  })

  // Last: from here to the commit the environment's next invoice number waits for us.
  const details = { line: deal.firstExtension ?? accountId, name: nameOf(address) }
  const started = [
    ...opened.subscriptions.map((own) => ({ ...own, account, details })),
    ...packages,
  ]
  const invoice = await billing.chargeFirst(ctx, {
    customer,
    currency: quote.currency,
    day,
    taxName: quote.taxName,
    taxRate: quote.taxRate,
    taxNote: quote.taxNote ?? null,
    recipient: recipientOf(address),
    charges: chargesOf(quote, started, day),
  })
  await together(...discountsOf(quote, started).map((off) => discount(ctx, { ...off, customer })))

  const credentials: Credentials = {
    sip: { domain: sipDomain, ...opened.sip },
    selfcare: { login, password },
  }
  return {
    customer,
    result: {
      customer,
      account,
      accountId,
      user,
      login,
      number,
      extension: deal.firstExtension,
      invoice: invoice.number,
      invoiceId: invoice.invoice,
    },
    credentialsSealed: ctx.secrets.seal(JSON.stringify(credentials), sealedTo(ctx, order.id)),
  }
}

const recipientOf = (address: Address) => ({
  name: nameOf(address),
  companyName: address.companyName ?? null,
  line1: address.line1,
  line2: address.line2 ?? null,
  city: address.city,
  region: address.state ?? null,
  postalCode: address.postalCode ?? null,
  country: address.country,
  vatId: address.vatId ?? null,
  email: address.email,
})

const nameOf = (address: Address) => `${address.firstName} ${address.lastName}`

/** The first account: an extension of a PBX, or a line that is called like its number. */
function openAccount(
  ctx: Ctx,
  { product, firstExtension: extension }: sites.Deal,
  customer: CustomerId,
  address: Address,
  number: string,
  holdId: string,
): Promise<OpenedAccount> {
  const made = {
    customer,
    product: product as ProductId,
    name: nameOf(address),
    email: address.email,
    numbers: [number],
    holdId,
  }
  return extension === null
    ? accounts.open(ctx, { ...made, kind: 'line', accountId: number, timeZone: address.timeZone })
    : pbx.openExtension(ctx, { ...made, extension })
}

/** The subscription held by the customer directly, as it was quoted, where the price is for the package. */
async function startPackage(
  ctx: Ctx,
  held: number | null,
  customer: CustomerId,
  startedOn: CivilDate,
): Promise<Started[]> {
  if (held === null) return []
  const subscription = held as SubscriptionId
  const [fees] = await catalog.feesOf(ctx, [subscription])
  const { ids, facts } = await agreements.subscribe(ctx, [
    { customer, subscription, name: fees!.name, startedOn },
  ])
  await publish(ctx, ...facts)
  return ids.map((id) => ({ id, subscription, account: null }))
}

async function modelOf(ctx: Ctx, deal: sites.Deal, code: string | undefined) {
  const model = (await devices.models(ctx, deal.devices)).find((device) => device.code === code)
  if (!model) throw deviceNotOffered()
  return model
}

/** Who pays looks after it: the e-mail is the login, or what is free that looks like it. */
const makeUser = (ctx: Ctx, customer: CustomerId, address: Address, locale: string) =>
  auth.makeUser(ctx, {
    realm: 'customer',
    login: address.email,
    orLogin: `${address.email.split('@')[0]}-${customer}`,
    name: nameOf(address),
    email: address.email,
    customer,
    locale,
  })
