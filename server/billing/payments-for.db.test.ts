import { expect, test } from 'vitest'
import * as ledger from '#server/billing/service.ledger.ts'
import { paymentsFor } from '#server/billing/service.payments.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import { money } from '#server/kernel/money.ts'
import { intendRefund } from '#server/payments/service.refunds.ts'
import * as payments from '#server/payments/service.ts'
import { system } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 4 })
const me = system('test')
const abc = 46170 as CustomerId

const ten = 46171 as CustomerId

const made = (
  n: number,
  state: 'captured' | 'declined',
  { customer = abc, declineCode }: { customer?: CustomerId; declineCode?: string } = {},
) =>
  it.as(me, async (ctx) => {
    const payment = await payments.intend(ctx, {
      key: `of ${customer}: ${n}`,
      amount: money('10'),
      currency: 'USD',
      gateway: 'simulator',
      purpose: 'invoice',
      customer,
    })
    await payments.note(ctx, payment, { state, declineCode })
    return payment
  })

const listed = (customer: CustomerId, before: number | null = null) =>
  it.as(people.admin, (ctx) => paymentsFor(ctx, { customer, before }))

test('payments are listed newest first: with what is left of each, and why one was not taken', async () => {
  const taken = await made(1, 'captured')
  const refusedOne = await made(2, 'declined', { declineCode: 'insufficient_funds' })
  const strange = await made(3, 'declined', { declineCode: 'a code of tomorrow' })
  const { payment: byHand } = await it.as(people.admin, (ctx) =>
    ledger.recordPayment(ctx, {
      customer: abc,
      invoice: null,
      amount: '3',
      currency: 'USD',
      reason: 'Cheque 17',
      key: crypto.randomUUID(),
    }),
  )
  await it.as(me, (ctx) =>
    intendRefund(ctx, { payment: taken, amount: money('4'), reason: 'too much', key: 'back' }),
  )

  const { rows, before } = await listed(abc)
  expect(before).toBeNull()
  expect(rows).toMatchObject([
    { payment: byHand, manual: true, state: 'captured', left: '3.00000', refunded: '0.00000' },
    { payment: strange, declineCode: 'card_declined', left: '0.00000' },
    { payment: refusedOne, declineCode: 'insufficient_funds', left: '0.00000' },
    { payment: taken, manual: false, declineCode: null, left: '6.00000', refunded: '4.00000' },
  ])
})

test('of 27 payments the first page has 25 and says where the other two begin', async () => {
  for (let n = 0; n < 27; n++) await made(n, 'captured', { customer: ten })
  const first = await listed(ten)
  expect(first.rows).toHaveLength(25)
  const rest = await listed(ten, first.before)
  expect(rest.rows).toHaveLength(2)
  expect(rest.before).toBeNull()
  const all = [...first.rows, ...rest.rows].map(({ payment }) => payment)
  expect(new Set(all).size).toBe(27)
})

test('a reseller finds the payments of its own customers only, and a customer none this way', async () => {
  const asked = (by: Parameters<typeof it.as>[0], customer: number) =>
    it.as(by, (ctx) => paymentsFor(ctx, { customer, before: null }))
  expect((await asked(people.bamboo, 46174)).rows).toEqual([])
  expect(await refused(asked(people.bamboo, 46170))).toMatchObject({ code: 'customers.not_found' })
  // Itself it looks after in self-care.
  expect(await refused(asked(people.bamboo, 46173))).toMatchObject({ code: 'customers.not_found' })
  expect(await refused(asked(people.adam, 46170))).toMatchObject({ kind: 'forbidden' })
})
