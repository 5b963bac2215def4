import { hasCardNumber } from './card.ts'

/** Where a long run of digits is expected and is no card. */
const digitsAreFine = new Set(['phone', 'number', 'numbers', 'iccid', 'imsi', 'alias'])

/**
 * Whether a request carries what looks like a card number, outside the fields where digits belong.
 * Such a body is refused before anything logs or stores it: cards go from the browser to the
 * gateway and never through here.
 */
export function carriesCard(body: unknown, field = ''): boolean {
  if (typeof body === 'string' || typeof body === 'number') {
    return !digitsAreFine.has(field) && hasCardNumber(String(body))
  }
  if (Array.isArray(body)) return body.some((item) => carriesCard(item, field))
  if (typeof body === 'object' && body !== null) {
    return Object.entries(body).some(
      ([key, value]) => carriesCard(value, key) || hasCardNumber(key),
    )
  }
  return false
}
