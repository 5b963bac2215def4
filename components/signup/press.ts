import { forget, isRecord, keep, recall } from './stored.ts'

/** One press of the button, until its answer is known: repeating it is pressing once. */
type Press = Readonly<{ key: string; cardToken: string }>

/**
 * The key to send: that of the press whose answer never came, if it is for the same card; else a new
 * one. Kept before anything is sent, so that a reload in the middle finds it.
 */
export function pressKey(site: string, cardToken: string): string {
  const last = pendingPress(site)
  if (last?.cardToken === cardToken) return last.key

  const key = randomUuid()
  keep(site, 'press', { key, cardToken } satisfies Press)
  return key
}

/** The press whose answer this tab waits for. */
export const pendingPress = (site: string): Press | undefined => recall(site, 'press', isPress)

/** The answer is known: the next press is another one. */
export const pressAnswered = (site: string): void => forget(site, 'press')

const isPress = (kept: unknown): kept is Press =>
  isRecord(kept) && typeof kept.key === 'string' && typeof kept.cardToken === 'string'

/** RFC 9562, version 4. Not `crypto.randomUUID`: browsers have that on https only. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
