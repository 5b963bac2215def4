// Things written in digits and dashes that no card is: UUIDs and dates.
const lookAlikes =
  /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/gi

// Digits in an e-mail address are a name; many are phone numbers. But one that a digit and a gap stand
// before may be what a card ends in.
const emails =
  /(?<![\w.+-]|\d[ \u00a0\u2013-]{1,3})[\w.+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu

// A plus makes it a phone number, of 15 digits at most. But no country whose code starts with 3 has
// numbers of 14 digits, and that is how American Express and Diners cards look.
const e164 = /^\+(?!3\d{13,14}$)\d{7,15}$/

// 13 digits or more, between any two of them up to three spaces or dashes.
const runs = /\+?\d(?:[ \u00a0\u2013-]{0,3}\d){12,}/g

/**
 * A SIM card's own number (ITU-T E.118): 89 for telecommunications, 18 to 20 digits, with a Luhn
 * digit as payment cards have it. Payment cards never start with 89.
 */
export const looksLikeIccid = (text: string): boolean =>
  /^89\d{16,18}$/.test(text.replaceAll(/[ -]/g, ''))

/** Whether the check digit of ISO/IEC 7812 is right: every second digit from the right doubled. */
export function luhn(digits: string): boolean {
  let total = 0
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 ? digit * 2 : digit
    total += doubled > 9 ? doubled - 9 : doubled
  }
  return total % 10 === 0
}

/**
 * Whether a payment card's number stands somewhere in the text: 13 to 19 digits that pass Luhn, with
 * or without spaces and dashes. Digits written without a gap are taken whole, so a card inside a
 * longer number is none; ICCIDs, UUIDs, dates, e-mail addresses and phone numbers
 * written with a plus are passed over.
 *
 * One in ten numbers of that length passes Luhn by chance, and every IMEI does on purpose. So don't
 * ask about fields made for such numbers (phone numbers without a plus, IMSI, IMEI).
 */
export function hasCardNumber(text: string): boolean {
  const found = text.replaceAll(emails, '|').replaceAll(lookAlikes, '|').match(runs) ?? []
  return found.some((run) => {
    const groups = run.split(/\D+/).filter(Boolean)
    const whole = groups.join('')
    // '89' alone is no SIM card's first group, and must not hide the card that follows.
    if (looksLikeIccid(whole) && groups[0]!.length >= 4) return false
    if (run.startsWith('+') && e164.test(`+${whole}`)) return false
    return groups.some((_, from) => startsCard(groups, from))
  })
}

const isCard = (digits: string): boolean =>
  digits.length >= 13 && digits.length <= 19 && luhn(digits) && !looksLikeIccid(digits)

/** Whether the groups of digits from there on begin with a card, whatever follows. */
function startsCard(groups: readonly string[], from: number): boolean {
  let digits = ''
  for (let i = from; i < groups.length && digits.length < 19; i += 1) {
    digits += groups[i]
    if (isCard(digits)) return true
  }
  return false
}
