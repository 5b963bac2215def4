import { composeDocument } from '#server/billing/document.ts'
import type {
  DocumentAccount,
  InvoiceDocument,
  InvoiceFacts,
} from '#server/billing/schema.document.ts'
import { taxed } from '#server/billing/tax.ts'
import { civilDate } from '#server/kernel/civil.ts'
import { type Money, money, zero } from '#server/kernel/money.ts'

const november = { from: civilDate('2026-11-01'), until: civilDate('2026-12-01') }

export const parties: Pick<InvoiceFacts, 'issuer' | 'billTo' | 'brand'> = {
  brand: { title: 'Panda Telecom', accent: '#5b4bdb' },
  issuer: {
    name: 'Panda Telecom Inc.',
    address: ['1055 West Hastings Street', 'Suite 1700', 'Vancouver BC V6E 2E9', 'Canada'],
    vatId: '123456782RT0001',
    registration: 'British Columbia registry, BC1234567',
    email: 'billing@panda.example',
    phone: '+1 604 555 0100',
    bankDetails:
      'Harbour Bank of Canada, transit 00010, institution 999\nAccount 100 200 300, SWIFT HBCACATT',
    paymentTerms: 'Due on receipt. Please state the invoice number with your payment.',
  },
  billTo: {
    customer: 46170,
    name: 'ABC Company',
    address: ['Adam Abbott', '1 Harbour Street', 'Vancouver BC V6B 1A1', 'Canada'],
    vatId: null,
    email: 'adam@abc.example',
  },
}

export const line4665: DocumentAccount = {
  account: 100_001,
  product: 'Cloud PBX',
  line: '4665',
  name: 'John Doe',
}

type Line = Partial<InvoiceFacts['lines'][number]> & { amount: string }

const words = { kind: 'periodic', description: 'Cloud PBX', explanation: null } as const

/** An invoice of lines given by what they cost, taxed as the run would. */
export function documentWith(
  lines: readonly Line[],
  of: Partial<InvoiceFacts> & { rate?: string } = {},
): InvoiceDocument {
  const { rate = '5', currency = 'USD', taxName = 'GST', taxInclusive = false } = of
  const amounts = lines.map(({ amount, taxRate }) => ({ amount: money(amount), rate: taxRate }))
  const sums = taxed(amounts, { name: taxName, rate, inclusive: taxInclusive }, currency)
  return composeDocument({
    number: 'INV-2026-000042',
    state: 'issued',
    issuedOn: civilDate('2026-12-01'),
    dueOn: civilDate('2026-12-15'),
    cycle: november,
    currency,
    locale: 'en',
    ...parties,
    taxName,
    taxNote: null,
    taxInclusive,
    payments: [],
    net: sums.net,
    tax: sums.tax,
    total: sums.gross,
    paid: zero as Money,
    ...of,
    lines: lines.map(({ amount: _, ...line }, n) => ({
      ...words,
      period: november,
      account: null,
      ...line,
      net: sums.lines[n]!.net,
      tax: sums.lines[n]!.tax,
      taxRate: sums.lines[n]!.rate,
    })),
  })
}

/** A month of ABC Company, with something of everything. */
export const abcMonth = (of: Parameters<typeof documentWith>[1] = {}): InvoiceDocument =>
  documentWith(
    [
      { amount: '10', account: line4665 },
      {
        amount: '-1',
        kind: 'blocked',
        account: line4665,
        period: { from: civilDate('2026-11-06'), until: civilDate('2026-11-09') },
        explanation: '3 of 30 days',
      },
      { amount: '4', description: 'Call recording', account: line4665 },
      {
        amount: '10',
        account: { ...line4665, account: 100_002, line: '4666', name: 'Олена Шевченко' },
      },
      {
        amount: '2.48375',
        kind: 'usage',
        description: 'Voice calls',
        explanation: '41 calls, 2 h 7 min',
        account: { ...line4665, account: 100_002, line: '4666', name: 'Олена Шевченко' },
      },
      {
        amount: '6',
        description: 'Auto attendant',
        account: {
          account: 100_003,
          product: 'Auto attendant',
          line: 'aa1',
          name: 'مكتب الاستقبال',
        },
      },
      { amount: '-5', kind: 'discount', description: 'WELCOME', explanation: 'First of 3 months' },
      {
        amount: '25',
        kind: 'charge',
        description: 'On-site installation',
        period: null,
      },
    ],
    of,
  )
