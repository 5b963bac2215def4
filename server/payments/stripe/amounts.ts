import { type Money, minorDigits } from '#server/kernel/money.ts'
import { GatewayMisuse } from '#server/payments/gateway.ts'

/**
 * Decimals with which Stripe counts a currency, and those it takes, where they are not as ISO 4217
 * has it. https://docs.stripe.com/currencies#special-cases
 */
const special = new Map([
  ['ISK', { counted: 2, taken: 0 }],
  ['UGX', { counted: 2, taken: 0 }],
  ['MGA', { counted: 0, taken: 0 }],
])

function digitsOf(currency: string): { counted: number; taken: number } {
  const digits = minorDigits(currency)
  // Dinars have thousandths, and Stripe takes tens of them.
  return special.get(currency) ?? { counted: digits, taken: Math.min(digits, 2) }
}

// Money has 5 places.
const step = (digits: number): bigint => 10n ** BigInt(5 - digits)

/**
 * An amount as Stripe counts it: cents, yen.
 *
 * @throws GatewayMisuse for what can't be paid exactly; nobody is charged another amount than was said
 */
export function toStripe(amount: Money, currency: string): number {
  const { counted, taken } = digitsOf(currency)
  const units = Number(amount / step(counted))
  if (amount % step(taken) !== 0n || !Number.isSafeInteger(units)) {
    throw new GatewayMisuse('amount_not_payable', `Stripe can't take this amount of ${currency}.`)
  }
  return units
}

export const fromStripe = (units: number, currency: string): Money =>
  (BigInt(units) * step(digitsOf(currency).counted)) as Money
