import type { CardBrand, DeclineCode } from '#server/payments/gateway.ts'

/** What a test card does. */
export type Behaviour =
  | 'approve'
  | 'challenge' // its holder is asked whenever there
  | 'challenge_always' // and sent for when not there
  | 'lose_confirmation' // authorized, and the answer never sent
  | 'lose_capture' // captured, and the answer never sent
  | 'refuse_capture' // authorized, and never to be captured
  | 'decline_later' // good for the first payment, declined when on file
  | Exclude<DeclineCode, 'token_expired' | 'authentication_failed'>

/** Documented numbers; where a payment company has published one for the purpose, the same. */
const testCards: ReadonlyMap<string, Behaviour> = new Map<string, Behaviour>([
  ['4242424242424242', 'approve'],
  ['5555555555554444', 'approve'],
  ['378282246310005', 'approve'],
  ['6011111111111117', 'approve'],
  ['4000000000000002', 'card_declined'],
  ['4000000000009995', 'insufficient_funds'],
  ['4000000000000069', 'expired_card'],
  ['4000000000000127', 'incorrect_cvc'],
  ['4000000000003220', 'challenge'],
  ['4000002760003184', 'challenge_always'],
  ['4000000000000119', 'lose_confirmation'],
  ['4000000000000259', 'lose_capture'],
  ['4000000000000077', 'refuse_capture'],
  ['4000000000000341', 'decline_later'],
])

/** As typed; lives only while it is read. */
export type TypedCard = Readonly<{ number: string; expiry: string; cvc: string }>

export type CardFault = 'required' | 'incomplete' | 'invalid' | 'test_cards_only' | 'past'

export type CardFaults = Readonly<Partial<Record<keyof TypedCard, CardFault>>>

export type ReadCard = Readonly<{
  digits: string
  brand: CardBrand
  expMonth: number
  expYear: number
  behaviour: Behaviour
}>

/** What a typed card is, or what is wrong with each field. */
export function readCard(typed: TypedCard, now: Date): ReadCard | { faults: CardFaults } {
  const digits = typed.number.replaceAll(/[\s-]/g, '')
  const brand = brandOf(digits)
  const expiry = readExpiry(typed.expiry)
  const behaviour = behaviourOf(digits)
  const faults = {
    number: numberFault(digits) ?? (behaviour ? undefined : 'test_cards_only'),
    expiry: expiryFault(typed.expiry, expiry, now),
    cvc: cvcFault(typed.cvc.trim(), brand),
  } as const

  if (faults.number || faults.expiry || faults.cvc || !behaviour || !expiry) return { faults }
  return { digits, brand, behaviour, expMonth: expiry.month, expYear: expiry.year }
}

function brandOf(digits: string): CardBrand {
  if (/^4/.test(digits)) return 'visa'
  if (/^(5[1-5]|2[2-7])/.test(digits)) return 'mastercard'
  if (/^3[47]/.test(digits)) return 'amex'
  if (/^(6011|64[4-9]|65)/.test(digits)) return 'discover'
  return 'unknown'
}

/** Undefined for numbers that might be somebody's: nobody shall type a real card into a simulator. */
function behaviourOf(digits: string): Behaviour | undefined {
  const documented = testCards.get(digits)
  if (documented) return documented
  // Room for a story with many different cards: honest ones, and those of someone trying numbers.
  if (digits.startsWith('424242')) return 'approve'
  if (digits.startsWith('400000')) return 'card_declined'
  return undefined
}

function numberFault(digits: string): CardFault | undefined {
  if (digits === '') return 'required'
  if (!/^\d+$/.test(digits)) return 'invalid'
  const length = brandOf(digits) === 'amex' ? 15 : 16
  if (digits.length < length) return 'incomplete'
  return digits.length > length || !luhn(digits) ? 'invalid' : undefined
}

/** The check digit of ISO/IEC 7812: every second digit from the right doubled. */
const luhn = (digits: string): boolean =>
  [...digits].reverse().reduce((total, digit, i) => {
    const worth = Number(digit) * (i % 2 === 1 ? 2 : 1)
    return total + (worth > 9 ? worth - 9 : worth)
  }, 0) %
    10 ===
  0

function readExpiry(text: string): { month: number; year: number } | undefined {
  const [, month, year] = /^\s*(\d{1,2})\s*[/-]\s*(\d{4}|\d{2})\s*$/.exec(text) ?? []
  if (month === undefined || year === undefined) return undefined
  return { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) }
}

function expiryFault(
  text: string,
  expiry: { month: number; year: number } | undefined,
  now: Date,
): CardFault | undefined {
  if (text.trim() === '') return 'required'
  if (!expiry) return 'incomplete'
  if (expiry.month < 1 || expiry.month > 12) return 'invalid'
  const months = (expiry.year - now.getUTCFullYear()) * 12 + expiry.month - 1 - now.getUTCMonth()
  // Cards are good to the end of the month, and none is issued for longer than 20 years.
  if (months < 0) return 'past'
  return months > 240 ? 'invalid' : undefined
}

function cvcFault(cvc: string, brand: CardBrand): CardFault | undefined {
  if (cvc === '') return 'required'
  if (!/^\d+$/.test(cvc)) return 'invalid'
  const length = brand === 'amex' ? 4 : 3
  if (cvc.length < length) return 'incomplete'
  return cvc.length > length ? 'invalid' : undefined
}
