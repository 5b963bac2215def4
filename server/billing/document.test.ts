import { describe, expect, test } from 'vitest'
import { addressLines } from '#server/billing/document.ts'
import { money } from '#server/kernel/money.ts'
import { abcMonth, documentWith, line4665 } from '#server/testing/documents.ts'

describe('a document', () => {
  test('has the customer’s own lines first, then each account’s together, and their sums', () => {
    const { groups } = documentWith([
      { amount: '1', account: line4665 },
      { amount: '2' },
      { amount: '3', account: { ...line4665, account: 7 } },
      { amount: '4.005', account: line4665 },
    ])
    expect(groups.map(({ account, lines, net }) => [account?.account, lines.length, net])).toEqual([
      [undefined, 1, '2.00000'],
      [100_001, 2, '5.01000'],
      [7, 1, '3.00000'],
    ])
  })

  test('sums the tax by rate, and the rows are the totals', () => {
    const { taxes, net, tax, total } = documentWith(
      [{ amount: '100' }, { amount: '-10', taxRate: '16' }],
      { rate: '19' },
    )
    expect(taxes.map(({ rate, base, tax: own }) => [rate, base, own])).toEqual([
      ['19', '100.00000', '19.00000'],
      ['16', '-10.00000', '-1.60000'],
    ])
    expect([net, tax, total]).toEqual(['90.00000', '17.40000', '107.40000'])
  })

  test('says how it stands: open, partly paid, overdue, paid, void, or that nothing is due', () => {
    const stands = (of: Parameters<typeof abcMonth>[0]) => {
      const { paymentState, open } = abcMonth(of)
      return [paymentState, open]
    }
    expect(stands({})).toEqual(['open', '54.05000'])
    expect(stands({ paid: money('50') })).toEqual(['partly', '4.05000'])
    expect(stands({ state: 'overdue', paid: money('50') })).toEqual(['overdue', '4.05000'])
    expect(stands({ state: 'paid', paid: money('54.05') })).toEqual(['paid', '0.00000'])
    expect(stands({ state: 'void' })).toEqual(['void', '0.00000'])
    expect(stands({ state: 'draft' })).toEqual(['draft', '0.00000'])
    const credit = documentWith([{ amount: '-3.87' }])
    expect([credit.kind, credit.paymentState, credit.open]).toEqual([
      'credit_note',
      'nothing_due',
      '-4.06000',
    ])
  })
})

test('an address is written as its country writes it', () => {
  const nowhere = {
    line1: null,
    line2: null,
    city: null,
    state: null,
    postalCode: null,
    country: null,
  }
  const canadian = {
    line1: '1 Harbour Street',
    line2: '',
    city: 'Vancouver',
    state: 'BC',
    postalCode: 'V6B 1A1',
    country: 'CA',
  }
  expect(addressLines(canadian, 'en')).toEqual([
    '1 Harbour Street',
    'Vancouver BC V6B 1A1',
    'Canada',
  ])
  expect(
    addressLines(
      {
        ...nowhere,
        line1: 'Unter den Linden 1',
        postalCode: '10117',
        city: 'Berlin',
        country: 'DE',
      },
      'es',
    ),
  ).toEqual(['Unter den Linden 1', '10117 Berlin', 'Alemania'])
  expect(addressLines(nowhere, 'en')).toEqual([])
})
