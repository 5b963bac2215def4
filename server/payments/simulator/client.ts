import type { z } from 'zod'
import { toDecimal } from '#server/kernel/money.ts'
import {
  type Gateway,
  GatewayMisuse,
  GatewayUnknown,
  GatewayUnreachable,
  type Outcome,
  type RefundOutcome,
} from '#server/payments/gateway.ts'
import {
  fromWire,
  refundFromWire,
  type WireOutcome,
  type WireRefund,
  zForgotten,
  zOutcome,
  zRefund,
  zWireError,
} from './wire.ts'

export type ClientOptions = Readonly<{
  /** Where our server reaches it; browsers know it by `origin`. */
  base: () => string
  origin: () => string
  secret: string
  timeoutMs: number
}>

/** The simulator as our server sees it: over HTTP, with time-outs, like any other gateway. */
export function simulatorGateway({ base, origin, secret, timeoutMs }: ClientOptions): Gateway {
  const send = async (path: string, key?: string, body: object = {}): Promise<Answered> =>
    exchange(`${base()}/v1${path}`, {
      method: key === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        ...(key === undefined
          ? {}
          : { 'idempotency-key': key, 'content-type': 'application/json' }),
      },
      body: key === undefined ? undefined : JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
  const call = async (...ask: Parameters<typeof send>): Promise<Outcome> =>
    fromWire(read<WireOutcome>(await send(...ask), zOutcome))
  const callRefund = async (...ask: Parameters<typeof send>): Promise<RefundOutcome> =>
    refundFromWire(read<WireRefund>(await send(...ask), zRefund))

  const on = (intent: string) => `/intents/${encodeURIComponent(intent)}`

  return {
    name: 'simulator',
    clientConfig: () => ({ kind: 'simulator', fieldsUrl: `${origin()}/fields` }),
    createIntent: ({ key, amount, ...rest }) =>
      call('/intents', key, { ...rest, amount: toDecimal(amount) }),
    confirm: ({ key, intent, offSession }) => call(`${on(intent)}/confirm`, key, { offSession }),
    capture: ({ key, intent, amount }) =>
      call(`${on(intent)}/capture`, key, { amount: toDecimal(amount) }),
    cancel: ({ key, intent }) => call(`${on(intent)}/cancel`, key),
    lookup: ({ intent }) => call(on(intent)),
    refund: ({ key, intent, amount }) =>
      callRefund(`${on(intent)}/refunds`, key, { amount: toDecimal(amount) }),
    lookupRefund: ({ key, intent }) =>
      callRefund(`${on(intent)}/refunds?key=${encodeURIComponent(key)}`),
    forget: async ({ method }) => {
      read(await send('/methods/forget', method, { method }), zForgotten)
    },
  }
}

type Answered = Readonly<{ status: number; body: unknown }>

/** Errors before a connection exists: nothing can have been sent. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

async function exchange(url: string, init: RequestInit): Promise<Answered> {
  try {
    const response = await fetch(url, init)
    return { status: response.status, body: await response.json() }
  } catch (error) {
    const cause =
      error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined
    throw cause?.code && notSent.has(cause.code)
      ? new GatewayUnreachable('The payment gateway can’t be reached.', { cause: error })
      : new GatewayUnknown('The payment gateway did not answer.', { cause: error })
  }
}

function read<Told>({ status, body }: Answered, zTold: z.ZodType<Told>): Told {
  const told = zTold.safeParse(body)
  if (status === 200 && told.success) return told.data

  const refused = zWireError.safeParse(body)
  if (status >= 400 && status < 500 && refused.success) {
    throw new GatewayMisuse(refused.data.error.code, refused.data.error.message)
  }
  throw new GatewayUnknown(`The payment gateway answered with status ${status}.`)
}
