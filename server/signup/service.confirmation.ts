import * as audit from '#server/audit/service.ts'
import * as auth from '#server/auth/service.ts'
import * as devices from '#server/devices/service.ts'
import type { AccountId, CustomerId, UserId } from '#server/kernel/ids.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import { unitOfWork } from '#server/runtime/unit-of-work.ts'
import { confirmationClosed, credentialsShown, notCompleted, planUnknown } from './errors.ts'
import { isServed } from './order-states.ts'
import * as orders from './repo.orders.ts'
import * as sites from './repo.sites.ts'
import {
  type ConfigLink,
  type Confirmation,
  type Credentials,
  confirmationHours,
  type OrderResult,
  type SiteRef,
} from './schema.ts'
import { deviceOf, findDraft } from './service.draft.ts'
import { sealedTo } from './service.provision.ts'
import { type Desk, enter, type Visit } from './service.visit.ts'

type Served = orders.OrderRow & { result: OrderResult }

/** What this browser signed up for. @throws not_found `signup.not_completed` */
async function served(ctx: Ctx, desk: Desk): Promise<Served> {
  const draft = desk.tokenHash ? await findDraft(ctx, desk) : undefined
  const [order] = draft ? await orders.latest(ctx, draft.id) : []
  if (!order?.result || !isServed(order.state)) throw notCompleted()
  return order as Served
}

/** Everything about the signup but its secrets. @throws not_found `signup.not_completed` */
export async function confirmation(visit: Visit, { site: slug }: SiteRef): Promise<Confirmation> {
  const desk = await enter(visit, slug)
  return unitOfWork(desk.asSystem, async (ctx) => {
    const order = await served(ctx, desk)
    const { result, quote, submitted } = order
    const [plan] = await sites.findPlan(ctx, desk.site.id, submitted.plan)
    const device = await deviceOf(ctx, desk, submitted.device ?? '')
    if (!plan || !device) throw planUnknown()
    const { brand, last4 } = await payments.find(ctx, order.payment)
    return {
      number: result.number,
      accountId: result.accountId,
      extension: result.extension,
      customer: result.customer,
      login: result.login,
      planName: plan.name,
      kind: plan.kind,
      device,
      invoice: result.invoice,
      paid: quote.dueToday,
      currency: quote.currency,
      card: { brand: brand ?? 'unknown', last4: last4 ?? '' },
      email: submitted.address?.email ?? '',
      credentialsWaiting: order.credentialsSealed !== null,
    }
  })
}

/** The first passwords, once: after this nobody can read them again. @throws gone `signup.credentials_shown` */
export async function reveal(visit: Visit, { site: slug }: SiteRef): Promise<Credentials> {
  const desk = await enter(visit, slug)
  return unitOfWork(desk.asSystem, async (ctx) => {
    const order = await served(ctx, desk)
    // Of many who ask at once one takes them.
    const [taken] = await orders.takeCredentials(ctx, order.id)
    if (!taken || !order.credentialsSealed) throw credentialsShown()

    await noteDone(ctx, order, 'signup.reveal')
    return JSON.parse(ctx.secrets.open(order.credentialsSealed, sealedTo(ctx, order.id)))
  })
}

/** A one-time link to the file that sets the phone up. @throws gone `signup.confirmation_closed` */
export async function configLink(visit: Visit, { site: slug }: SiteRef): Promise<ConfigLink> {
  const desk = await enter(visit, slug)
  return unitOfWork(desk.asSystem, async (ctx) => {
    const order = await served(ctx, desk)
    demandRecent(ctx, order)
    await noteDone(ctx, order, 'signup.config_link')
    const account = order.result.account as AccountId
    return devices.makeConfigLink(ctx, account, visit.outside.publicUrl)
  })
}

/**
 * A door straight into self-care, for who has just signed up and has not been there yet.
 *
 * @throws gone `signup.confirmation_closed`
 */
export async function openSelfcare(
  visit: Visit,
  { site: slug }: SiteRef,
): Promise<{ door: string }> {
  const desk = await enter(visit, slug)
  return unitOfWork(desk.asSystem, async (ctx) => {
    const order = await served(ctx, desk)
    demandRecent(ctx, order)
    const user = order.result.user as UserId
    if (!(await auth.awaitsFirstPassword(ctx, user))) throw confirmationClosed()

    await noteDone(ctx, order, 'signup.open_selfcare')
    return { door: await auth.makeDoor(ctx, user) }
  })
}

/** A browser's cookie lasts longer than it should open anything. */
function demandRecent(ctx: Ctx, { createdAt }: Served): void {
  if (ctx.wall.getTime() - createdAt.getTime() > confirmationHours * 3_600_000) {
    throw confirmationClosed()
  }
}

const noteDone = (ctx: Ctx, order: Served, action: string) =>
  audit.done(ctx, {
    action,
    entity: 'signup_order',
    entityId: String(order.id),
    customer: order.result.customer as CustomerId,
  })
