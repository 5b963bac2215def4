import { type Money, minorDigits, money } from '#server/kernel/money.ts'

/**
 * Less than fifty of a currency's smallest: half a dollar, 50 yen. Nobody's service stops for it: gateways
 * don't take so little at once, and to ask for it costs more than it brings.
 */
export const isLittle = (open: Money, currency: string): boolean =>
  open < money('50') / 10n ** BigInt(minorDigits(currency))
