import * as auth from '#server/auth/service.ts'
import type { EnvId } from '#server/kernel/ids.ts'
import { noWebhooks, webhookUnsigned } from '#server/payments/errors.ts'
import { type GatewayName, NotItsWord, type Word } from '#server/payments/gateway.ts'
import * as payments from '#server/payments/repo.ts'
import * as repo from '#server/payments/repo.words.ts'
import type { Payment } from '#server/payments/schema.ts'
import { system } from '#server/runtime/actor.ts'
import type { Outside } from '#server/runtime/outside.ts'
import { type App, type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'

export type Sent = Readonly<{ body: Buffer; signature: string; requestId: string }>

/** Goes on with a payment that something happened to, as its recovery does. */
export type Look = (edge: Edge, payment: Payment, word: Word) => Promise<void>

/**
 * Takes word from a gateway: it says which payment to look at, and is believed no further. Late, twice
 * or out of order it changes nothing, for what is written down is what the gateway answers when asked.
 * Anything thrown makes the gateway send it again.
 *
 * @throws not_found `payments.no_webhooks`, invalid `payments.webhook_unsigned`
 */
export async function takeWord(
  app: App,
  outside: Outside,
  name: GatewayName,
  sent: Sent,
  look: Look,
): Promise<void> {
  const word = hear(app, outside, name, sent)
  const about = await findPayment(app, name, word, sent.requestId)
  if (!about) return

  const { edge, payment } = about
  const looked = await unitOfWork(edge, async (ctx) => {
    const [kept] = await repo.keep(ctx, name, word, payment.id)
    if (kept!.looked) return true
    await repo.hasten(ctx, payment.id)
    await repo.hastenRefunds(ctx, payment.id)
    return false
  })
  if (looked) return

  await look(edge, payment, word)
  await unitOfWork(edge, (ctx) => repo.markLooked(ctx, name, word.event))
}

function hear(app: App, outside: Outside, name: GatewayName, sent: Sent): Word {
  const gateway = [outside.gateway, ...(outside.olderGateways ?? [])].find(
    (one) => one.name === name,
  )
  if (!gateway?.hear) throw noWebhooks()
  try {
    return gateway.hear(sent.body, sent.signature)
  } catch (error) {
    if (!(error instanceof NotItsWord)) throw error
    // What was sent is anybody's text, and is not repeated.
    app.log.warn({ gateway: name, requestId: sent.requestId }, 'a webhook was not signed rightly')
    throw webhookUnsigned()
  }
}

type About = Readonly<{ edge: Edge; payment: Payment }>

/** In whichever environment it is; undefined for what others do with the same account. */
async function findPayment(
  app: App,
  name: GatewayName,
  { key }: Word,
  requestId: string,
): Promise<About | undefined> {
  if (key === null) return undefined
  for (const { id } of await auth.environments(app)) {
    const edge: Edge = { ...app, requestId, actor: system('webhook'), env: id as EnvId }
    const [payment] = await unitOfWork(edge, (ctx) => payments.withKey(ctx, key))
    if (payment?.gateway === name) return { edge, payment }
  }
  return undefined
}

/** A gateway sends a word again for three days at most; after this nobody asks whether it was heard. */
const keptDays = 30

/** Forgets words that were heard long ago. Run it once an hour. */
export const forgetWords = (edge: Edge): Promise<unknown> =>
  unitOfWork(edge, (ctx) => repo.forget(ctx, new Date(ctx.wall.getTime() - keptDays * 86_400_000)))
