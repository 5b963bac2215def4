import { expect, test } from 'vitest'
import { isLittle } from '#server/billing/little.ts'
import { money } from '#server/kernel/money.ts'

test.each([
  ['USD', '0.49', '0.50'],
  ['JPY', '49', '50'],
  ['KWD', '0.049', '0.050'],
])('%s: %s is little, %s is not', (currency, less, enough) => {
  expect([isLittle(money(less), currency), isLittle(money(enough), currency)]).toEqual([
    true,
    false,
  ])
})
