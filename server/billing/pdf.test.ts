import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { describe, expect, test } from 'vitest'
import { fileNameOf, renderInvoicePdf } from '#server/billing/pdf.ts'
import type { InvoiceDocument } from '#server/billing/schema.document.ts'
import { civilDate } from '#server/kernel/civil.ts'
import { type DecimalString, money } from '#server/kernel/money.ts'
import { abcMonth, documentWith, line4665, parties } from '#server/testing/documents.ts'

/** Its pages, as somebody reads them who searches or copies. */
async function pagesOf(document: InvoiceDocument): Promise<string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(await renderInvoicePdf(document)))
  const { text } = await extractText(pdf, { mergePages: false })
  return text.map((page) => page.replaceAll(/\s+/g, ' '))
}
const textOf = async (document: InvoiceDocument) => (await pagesOf(document)).join(' ')

const paid = {
  state: 'paid',
  paid: money('54.05'),
  payments: [
    {
      day: civilDate('2026-12-03'),
      method: { kind: 'card', brand: 'visa', last4: '4242' },
      amount: '54.05000' as DecimalString,
    },
  ],
} as const

describe('what is on it', () => {
  test('who asks whom, for what, by account, with the tax and the sum', async () => {
    const text = await textOf(abcMonth())
    for (const said of [
      'INV-2026-000042',
      'Dec 1, 2026',
      'Panda Telecom Inc.',
      'VAT / tax ID: 123456782RT0001',
      'British Columbia registry, BC1234567',
      'ABC Company',
      'Adam Abbott',
      '1 Harbour Street',
      'Cloud PBX, line 4665 John Doe',
      'Call recording',
      'Blocked days are free · 3 of 30 days',
      'Nov 6 – 8, 2026',
      '−$1.00',
      'Usage · 41 calls, 2 h 7 min',
      'GST 5% $51.48 $2.57',
      'Net $51.48',
      'Total $54.05',
      'Amount due $54.05',
      'Please pay by Dec 15, 2026',
      'SWIFT HBCACATT',
      'billing@panda.example · +1 604 555 0100',
    ])
      expect(text.replaceAll('\u2009', ' ')).toContain(said)
  })

  test('a payment with its day and card, and that nothing is left', async () => {
    const text = await textOf(abcMonth(paid))
    expect(text).toContain('Paid in full on Dec 3, 2026')
    expect(text).toContain('Visa, card ending in 4242')
    expect(text).toContain('Amount due $0.00')
  })

  test('that the recipient owes the tax, in the words of the law, with both tax numbers', async () => {
    const text = await textOf(
      documentWith([{ amount: '99.9' }], {
        rate: '0',
        taxName: 'VAT',
        taxNote: 'reverse_charge',
        currency: 'EUR',
        billTo: { ...parties.billTo, name: 'Müller GmbH', vatId: 'DE136695976' },
        issuer: { ...parties.issuer, vatId: 'NL004495445B01' },
      }),
    )
    expect(text).toContain(
      'Reverse charge: VAT to be accounted for by the recipient (Art. 196 Directive 2006/112/EC)',
    )
    expect(text).toContain('VAT / tax ID: DE136695976')
    expect(text).toContain('VAT / tax ID: NL004495445B01')
    expect(text).toContain('VAT 0% €99.90 €0.00')
  })

  test('what it is: a draft has no number, a credit note is no invoice, a void one says so', async () => {
    expect(await textOf(abcMonth({ state: 'draft', number: null }))).toMatch(/Draft invoice.*DRAFT/)
    const credit = await textOf(documentWith([{ amount: '-12.5', kind: 'blocked' }]))
    expect(credit).toContain('Credit note')
    expect(credit).toContain('In your favour −$13.13')
    expect(await textOf(abcMonth({ state: 'void' }))).toMatch(/Void: nothing is due.*VOID/)
    expect(await textOf(abcMonth({ state: 'overdue' }))).toContain('Overdue since Dec 15, 2026')
  })

  test('Spanish for who reads Spanish, dates and amounts too; English for a language we lack', async () => {
    const spanish = await textOf(abcMonth({ locale: 'es', ...paid }))
    for (const said of ['Factura', '1 dic 2026', 'Los días bloqueados son gratis', '54,05'])
      expect(spanish).toContain(said)
    expect(await textOf(abcMonth({ locale: 'uk' }))).toContain('Dec 1, 2026')
  })

  test('yen without cents, dinars with three', async () => {
    expect(await textOf(documentWith([{ amount: '980' }], { currency: 'JPY' }))).toContain('¥1,029')
    expect(await textOf(documentWith([{ amount: '9.9995' }], { currency: 'KWD' }))).toContain(
      '10.500',
    )
  })

  test('names in Latin, Cyrillic, Greek, Vietnamese and Arabic letters, as they can be found', async () => {
    const names = ['Zoë Łukasiewicz', 'Олена Їжакевич', 'Ελένη Παπά', 'Nguyễn Thị Hằng']
    const text = await textOf(
      documentWith(
        names.map((name, n) => ({
          amount: '1',
          account: { ...line4665, account: n, line: String(n), name },
        })),
      ),
    )
    for (const name of names) expect(text).toContain(name)

    const arabic = await textOf(
      documentWith([{ amount: '1', account: { ...line4665, name: 'مكتب الاستقبال' } }]),
    )
    // Dots are glyphs of their own, which stand for no letter.
    const letters = arabic.replaceAll(/\p{Cc}/gu, '')
    for (const word of ['مكتب', 'الاستقبال']) expect(letters).toContain(word)
  })

  test('a hostile name is a name', async () => {
    const name = '</text>{number} \\n (a) %s <script>'
    const text = await textOf(abcMonth({ billTo: { ...parties.billTo, name } }))
    expect(text).toContain('</text>{number}')
  })
})

describe('as a file', () => {
  test('the same document is the same bytes, whenever it is made', async () => {
    const first = await renderInvoicePdf(abcMonth(paid))
    await renderInvoicePdf(documentWith([{ amount: '1' }]))
    const second = await renderInvoicePdf(abcMonth(paid))
    expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(0)
    const other = await renderInvoicePdf(abcMonth())
    expect(Buffer.compare(Buffer.from(first), Buffer.from(other))).not.toBe(0)
  })

  test('says its title, author and language to whoever keeps files', async () => {
    const bytes = new Uint8Array(await renderInvoicePdf(abcMonth({ locale: 'es' })))
    const { info } = await getMeta(await getDocumentProxy(bytes))
    expect(info).toMatchObject({
      Title: 'Factura INV-2026-000042',
      Author: 'Panda Telecom Inc.',
      Language: 'es',
    })
    expect(fileNameOf(abcMonth())).toBe('INV-2026-000042.pdf')
    expect(fileNameOf({ number: '../a b', issuedOn: civilDate('2026-12-01') })).toBe('..-a-b.pdf')
    expect(fileNameOf({ number: null, issuedOn: civilDate('2026-12-01') })).toBe(
      'draft-2026-12-01.pdf',
    )
  })

  test('a thousand lines stand on numbered pages, each under its headings, none lost', async () => {
    const lines = Array.from({ length: 1_000 }, (_, n) => ({
      amount: '10',
      description: `Fee ${n}.`,
      account: { ...line4665, account: n >> 1, line: String(1_000 + (n >> 1)) },
    }))
    const pages = await pagesOf(documentWith(lines))
    expect(pages.length).toBeGreaterThan(30)
    const text = pages.join(' ')
    for (const { description } of lines) expect(text).toContain(` ${description} `)
    for (const [n, page] of pages.entries()) {
      expect(page).toContain(`Page ${n + 1} of ${pages.length}`)
      if (page.includes('Fee ')) expect(page).toContain('Description Period Tax Amount')
    }
    expect(text).toContain('Total $10,500.00')
  }, 30_000)
})
