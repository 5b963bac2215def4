import { describe, expect, test } from 'vitest'
import { money } from '#server/kernel/money.ts'
import { GatewayMisuse } from '#server/payments/gateway.ts'
import { fromStripe, toStripe } from '#server/payments/stripe/amounts.ts'

describe('amounts', () => {
  test.each([
    ['14.99', 'USD', 1_499],
    ['1500', 'JPY', 1_500],
    ['1500', 'ISK', 150_000],
    ['1500', 'UGX', 150_000],
    ['1500', 'MGA', 1_500],
    ['14.990', 'KWD', 14_990],
    ['0', 'EUR', 0],
    ['999999.99', 'USD', 99_999_999],
  ])('%s %s are %i, there and back', (text, currency, units) => {
    expect(toStripe(money(text), currency)).toBe(units)
    expect(fromStripe(units, currency)).toBe(money(text))
  })

  test.each([
    ['14.991', 'USD'],
    ['1500.5', 'JPY'],
    ['1500.5', 'ISK'],
    ['14.995', 'KWD'],
    ['1.2', 'MGA'],
  ])('%s %s can’t be paid exactly, and so is not', (text, currency) => {
    const pay = () => toStripe(money(text), currency)
    expect(pay).toThrow(GatewayMisuse)
    expect(pay).toThrow(
      expect.objectContaining({
        code: 'amount_not_payable',
        message: expect.stringContaining(currency),
      }),
    )
  })
})
