import type { CardSeen } from '#components/payment/protocol.ts'
import { forget, isRecord, keep, recall } from './stored.ts'

/** What the gateway gave for the card: worth one attempt to pay, and no card datum. */
export type KeptCard = Readonly<{ token: string; card: CardSeen; at: number }>

/** Gateways forget a token after 15 minutes; one that is nearly over is not worth an attempt. */
const goodForMs = 14 * 60_000

export const keepCard = (site: string, token: string, card: CardSeen): void =>
  keep(site, 'card', { token, card, at: Date.now() } satisfies KeptCard)

export function keptCard(site: string): KeptCard | undefined {
  const kept = recall(site, 'card', isKeptCard)
  return kept && Date.now() - kept.at < goodForMs ? kept : undefined
}

export const forgetCard = (site: string): void => forget(site, 'card')

const isKeptCard = (kept: unknown): kept is KeptCard =>
  isRecord(kept) &&
  typeof kept.token === 'string' &&
  typeof kept.at === 'number' &&
  isRecord(kept.card) &&
  typeof kept.card.brand === 'string' &&
  typeof kept.card.last4 === 'string'
