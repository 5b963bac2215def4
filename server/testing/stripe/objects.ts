/** Form fields as they were sent: `metadata[order]` is a key like any other. */
export type Fields = Readonly<Record<string, string>>

export type Failure = { code: string; decline_code?: string; payment_method?: Method }

export type Method = {
  id: string
  object: 'payment_method'
  type: 'card'
  customer: string | null
  card: { brand: string; last4: string; exp_month: number; exp_year: number; fingerprint: string }
}

/** A payment intent or a set-up intent, with the fields that anybody here reads. */
export type Intent = {
  id: string
  object: 'payment_intent' | 'setup_intent'
  status: string
  client_secret: string
  customer: string | null
  payment_method: string | null
  metadata: Record<string, string>
  cancellation_reason: string | null
  capture_method: string
  amount: number
  amount_capturable: number
  amount_received: number
  amount_refunded: number
  currency: string
  last_error: Failure | null
}

export type Refund = {
  id: string
  object: 'refund'
  payment_intent: string
  amount: number
  currency: string
  status: 'succeeded' | 'pending' | 'failed'
  metadata: Record<string, string>
}

/** What Stripe answers with a status that isn't 200. */
export class StripeSays extends Error {
  readonly status: number
  readonly body: string
  constructor(status: number, error: Record<string, unknown>) {
    super(String(error.code ?? error.type))
    this.status = status
    this.body = JSON.stringify({ error })
  }
}

export const invalid = (code: string, param?: string) =>
  new StripeSays(400, { type: 'invalid_request_error', code, param, message: code })

export const missing = (param: string) =>
  new StripeSays(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message: `No such ${param}`,
  })
