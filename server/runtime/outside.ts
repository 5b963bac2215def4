import type { Gateway } from '#server/payments/gateway.ts'

/** What a checkout needs of the world outside our database. */
export type Outside = Readonly<{
  /** Takes what is paid from now on. */
  gateway: Gateway
  /** Took what was paid before, and finish it; ask `gatewayOf` for that of a payment. */
  olderGateways?: readonly Gateway[]
  /** Where people reach us: `https://portal.example`, without a trailing slash. */
  publicUrl: string
  /** Passes a challenge the browser solved; secret of the proof of work. */
  proofKey: string
  /** Thresholds of `server/signup/limits.ts` that differ here; the usual ones hold unless said. */
  limits?: Readonly<Record<string, number>>
  /** Waits between two tries; a story's clock doesn't. */
  pause?: (seconds: number) => Promise<void>
}>
