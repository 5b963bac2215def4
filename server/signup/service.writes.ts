import * as auth from '#server/auth/service.ts'
import * as billing from '#server/billing/service.ts'
import { publish } from '#server/events/service.ts'
import type { CustomerId, DraftId, UserId } from '#server/kernel/ids.ts'
import { formatPhone } from '#server/kernel/phone.ts'
import * as mail from '#server/mail/service.ts'
import type { GatewayName, Outcome } from '#server/payments/gateway.ts'
import type { Payment, PaymentNews } from '#server/payments/schema.ts'
import { keepMethod } from '#server/payments/service.methods.ts'
import * as payments from '#server/payments/service.ts'
import type { Ctx } from '#server/runtime/ctx.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { orderCompleted, orderFailed, orderUnpaid } from './events.ts'
import { doorLink } from './links.ts'
import type { OrderRow } from './repo.orders.ts'
import * as sites from './repo.sites.ts'
import type { Saga, SagaWrite } from './saga-types.ts'

type Stepped = Readonly<{
  order: OrderRow
  payment: Payment
  /** As it will be. */
  state: Saga
  writes: readonly SagaWrite[]
}>

/** A welcome may lie in a mailbox over a weekend. */
const doorMinutes = 3 * 24 * 60

/** What a step of the saga writes beside the order itself, in the same transaction. */
export async function performWrites(ctx: Ctx, outside: Outside, stepped: Stepped): Promise<void> {
  for (const write of stepped.writes) await perform(ctx, outside, stepped, write)
}

function perform(
  ctx: Ctx,
  outside: Outside,
  stepped: Stepped,
  write: SagaWrite,
): Promise<void> | void {
  const { order, payment, state } = stepped
  switch (write.write) {
    case 'payment':
      return payments.note(ctx, payment.id, newsOf(write.outcome, state.customer))
    case 'settle':
      return settle(ctx, stepped)
    case 'open_invoice':
      return publish(
        ctx,
        orderUnpaid(order.id, state.customer, { invoice: order.result?.invoice ?? null }),
      )
    case 'welcome':
      return welcome(ctx, outside, stepped)
    case 'release':
      // The hold of its number stays with the draft: another card may be better.
      return publish(ctx, orderFailed(order.id, null, { failure: state.failureCode }))
    case 'call_operator':
      ctx.log.error(
        { alarm: 'signup.operator', order: order.id, why: write.why },
        'a person has to look',
      )
  }
}

const newsOf = (outcome: Outcome, customer: CustomerId | null): PaymentNews => {
  switch (outcome.state) {
    case 'created':
      return { state: 'intended', intentRef: outcome.intent, card: outcome.card }
    case 'requires_action':
      return { state: 'requires_action', card: outcome.card }
    case 'authorized':
      return { state: 'authorized', card: outcome.card }
    case 'captured':
      return { state: 'captured', card: outcome.card, customer: customer ?? undefined }
    case 'declined':
      return { state: 'declined', declineCode: outcome.code }
    case 'failed':
      return { state: 'failed', declineCode: outcome.code }
    case 'canceled':
    case 'not_found':
      return { state: 'canceled' }
  }
}

/** The money is ours: the ledger says so, and the card is kept for the next invoice. */
async function settle(ctx: Ctx, { order, payment, state, writes }: Stepped): Promise<void> {
  const customer = state.customer as CustomerId
  const invoice = order.result!.invoiceId
  await billing.enterPayment(ctx, { invoice, payment: payment.id, amount: payment.amount })

  const outcome = writes.find((write) => write.write === 'payment')?.outcome
  if (outcome?.state === 'captured') {
    const { method: gatewayRef, card } = outcome
    await keepMethod(ctx, customer, { gateway: payment.gateway as GatewayName, gatewayRef, card })
  }
}

async function welcome(ctx: Ctx, outside: Outside, { order, state }: Stepped): Promise<void> {
  const { address, locale } = order.submitted
  const result = order.result!
  const customer = state.customer as CustomerId
  const [brand] = await sites.brandOf(ctx, order.draft as DraftId)
  const door = await auth.makeDoor(ctx, result.user as UserId, doorMinutes)
  await mail.welcome(ctx, address!.email, customer, {
    locale,
    brand: brand!,
    name: address!.firstName,
    number: formatPhone(result.number, 'international'),
    accountId: result.accountId,
    login: result.login,
    selfCareUrl: doorLink(outside.publicUrl, door),
  })
  await publish(ctx, orderCompleted(order.id, customer, { number: result.number }))
}
