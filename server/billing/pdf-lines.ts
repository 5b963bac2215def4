import type { Content, TableCell } from 'pdfmake/interfaces'
import {
  figures,
  label,
  type Margins,
  type Palette,
  type Sheet,
  width,
} from '#server/billing/pdf-look.ts'
import { drawn } from '#server/billing/pdf-parts.ts'
import type { DocumentTexts } from '#server/billing/pdf-texts.ts'
import type {
  DocumentAccount,
  DocumentGroup,
  DocumentLine,
  DocumentPayment,
} from '#server/billing/schema.document.ts'
import { fill } from '#server/kernel/text.ts'

/** Every line, by account; the headings stand again on each page. */
export function lines(sheet: Sheet): Content {
  const { document, voice, palette } = sheet
  const { columns } = voice.texts
  const head = (text: string, right = false): TableCell => ({
    text,
    ...label(palette),
    bold: true,
    alignment: right ? 'right' : 'left',
    noWrap: right,
  })
  const amount = document.taxInclusive ? columns.amountNet : columns.amount
  const grouped = document.groups.length > 1 || document.groups[0]?.account
  const rows = document.groups.flatMap((group) => [
    ...(grouped ? [groupRow(sheet, group)] : []),
    ...group.lines.map((line) => lineRow(sheet, line)),
  ])
  const groupRows = new Set(
    grouped ? startsOf(document.groups.map(({ lines: own }) => own.length)) : [],
  )

  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: ['*', 132, 40, 76],
      body: [
        [
          head(columns.description),
          head(columns.period),
          head(columns.tax, true),
          head(amount, true),
        ],
        ...rows,
      ],
    },
    layout: {
      hLineWidth: (row) => (row === 1 ? 1 : 0.5),
      hLineColor: (row) => (row === 1 ? palette.accent : palette.rule),
      vLineWidth: () => 0,
      fillColor: (row) => (groupRows.has(row) ? '#f7f7f9' : null),
      paddingLeft: (column) => (column === 0 ? 6 : 4),
      paddingRight: (column) => (column === 3 ? 6 : 4),
      paddingTop: () => 4,
      paddingBottom: () => 3,
    },
    margin: [0, 0, 0, 14],
  }
}

/** The rows that groups begin with, after the headings. */
function startsOf(lengths: readonly number[]): number[] {
  let row = 1
  return lengths.map((length) => {
    const start = row
    row += length + 1
    return start
  })
}

function groupRow(sheet: Sheet, { account, net }: DocumentGroup): TableCell[] {
  const { document, voice, palette } = sheet
  const title = account ? accountTitle(account, voice.texts) : document.billTo.name
  return [
    { text: drawn(title), bold: true, colSpan: 3 },
    {},
    {},
    { text: voice.amount(net), ...figures, bold: true, color: palette.muted },
  ]
}

/** 'Cloud PBX, line 4665 John Doe'. */
function accountTitle(account: DocumentAccount, texts: DocumentTexts): string {
  const { product, line, name } = account
  const said = product ? fill(texts.account, { product, line }) : fill(texts.accountAlone, { line })
  return name ? `${said} ${name}` : said
}

function lineRow({ voice, palette }: Sheet, line: DocumentLine): TableCell[] {
  const [title, ...below] = lineWords(line, voice.texts)
  const aside = { ...label(palette), margin: [0, 0.8, 0, 0] as Margins }
  return [
    {
      stack: [
        { text: drawn(title) },
        ...(below.length > 0 ? [{ text: drawn(below.join(' · ')), ...label(palette) }] : []),
      ],
    },
    { text: line.period ? voice.period(line.period) : '', ...aside },
    { text: `${voice.percent(line.taxRate)}%`, ...figures, ...aside },
    { text: voice.amount(line.net), ...figures },
  ]
}

/** Of what it is, and why, where that isn't plain. */
function lineWords(line: DocumentLine, { kinds }: DocumentTexts): [string, ...string[]] {
  const { kind, description, explanation } = line
  const why = kind === 'periodic' || !description ? [] : [kinds[kind]]
  return [description || kinds[kind], ...why, ...(explanation ? [explanation] : [])]
}

/** The tax by rate on the left, the totals on the right; never apart. */
export function sums(sheet: Sheet): Content {
  const { document, voice, palette } = sheet
  const { texts } = voice
  const { sums: said } = texts
  const row = (name: string, amount: string, strong = false): TableCell[] => [
    { text: drawn(name), bold: strong, fontSize: strong ? 10.5 : 9 },
    { text: amount, ...figures, bold: strong, fontSize: strong ? 10.5 : 9 },
  ]
  const due = document.kind === 'credit_note' ? said.favour : said.open
  const paid = document.payments.length > 0 || document.paymentState === 'paid'
  const body = [
    row(said.net, voice.amount(document.net)),
    ...document.taxes.map(({ name, rate, tax }) =>
      row(fill(said.tax, { name, rate: voice.percent(rate) }), voice.amount(tax)),
    ),
    row(said.total, voice.amount(document.total), true),
    ...(paid ? [row(said.paid, voice.amount(document.paid))] : []),
    row(due, voice.amount(document.open), true),
  ]
  const totalAt = 1 + document.taxes.length

  return {
    unbreakable: true,
    columns: [
      { width: '*', stack: [taxes(sheet)] },
      {
        width: 224,
        table: { widths: ['*', 'auto'], body },
        layout: {
          hLineWidth: (n) => (n === totalAt || n === body.length - 1 ? 0.75 : 0),
          hLineColor: (n) => (n === totalAt ? palette.rule : palette.accent),
          vLineWidth: () => 0,
          paddingLeft: () => 4,
          paddingRight: () => 6,
          paddingTop: () => 3.5,
          paddingBottom: () => 2.5,
        },
      },
    ],
    columnGap: 36,
    margin: [0, 0, 0, 18],
  }
}

function taxes({ document, voice, palette }: Sheet): Content {
  const { taxes: said, sums: names, notes } = voice.texts
  const cell = (text: string, right = false, head = false): TableCell => ({
    text: drawn(text),
    fontSize: 8,
    ...(head && { color: palette.muted }),
    ...(right && figures),
  })
  const remarks = [
    ...document.notes.map((note) => notes[note]),
    ...(document.taxInclusive ? [said.inclusive] : []),
  ]
  return {
    stack: [
      {
        table: {
          headerRows: 1,
          widths: ['*', 'auto', 'auto'],
          body: [
            [cell(said.rate, false, true), cell(said.base, true, true), cell(said.tax, true, true)],
            ...document.taxes.map(({ name, rate, base, tax }) => [
              cell(fill(names.tax, { name, rate: voice.percent(rate) })),
              cell(voice.amount(base), true),
              cell(voice.amount(tax), true),
            ]),
          ],
        },
        layout: quiet(palette),
      },
      ...remarks.map((text) => ({
        text,
        fontSize: 8,
        margin: [6, 6, 0, 0] as Margins,
      })),
    ],
  }
}

const quiet = (palette: Palette) => ({
  hLineWidth: (n: number) => (n === 1 ? 0.5 : 0),
  hLineColor: () => palette.rule,
  vLineWidth: () => 0,
  paddingLeft: (column: number) => (column === 0 ? 6 : 10),
  paddingRight: () => 0,
  paddingTop: () => 3,
  paddingBottom: () => 2,
})

/** What was paid and how, and how to pay the rest. */
export function closing(sheet: Sheet): Content[] {
  const { document, voice, palette } = sheet
  const { texts } = voice
  const { issuer } = document
  const contact = [issuer.email, issuer.phone].filter(Boolean).join(' · ')
  const parts = [
    [texts.terms, issuer.paymentTerms],
    [texts.bank, issuer.bankDetails],
  ].flatMap(([title, text]) => (title && text ? [[title, text] as const] : []))

  return [
    ...(document.payments.length > 0 ? [payments(sheet)] : []),
    ...(parts.length > 0
      ? [
          {
            unbreakable: true,
            columns: parts.map(([title, text]) => ({
              width: width / 2 - 10,
              stack: [
                {
                  text: title,
                  ...label(palette),
                  margin: [0, 0, 0, 1] as Margins,
                },
                ...text.split('\n').map((line) => ({ text: drawn(line), fontSize: 8.5 })),
              ],
            })),
            columnGap: 20,
            margin: [6, 0, 0, 12] as Margins,
          },
        ]
      : []),
    ...(contact
      ? [
          {
            text: fill(texts.questions, { contact }),
            ...label(palette),
            margin: [6, 0, 0, 0] as Margins,
          },
        ]
      : []),
  ]
}

function payments({ document, voice, palette }: Sheet): Content {
  const { payments: said } = voice.texts
  const cell = (text: string, right = false, head = false): TableCell => ({
    text: drawn(text),
    fontSize: 8,
    ...(head && { color: palette.muted }),
    ...(right && figures),
  })
  return {
    unbreakable: true,
    stack: [
      { text: said.title, bold: true, margin: [6, 0, 0, 3] },
      {
        table: {
          headerRows: 1,
          widths: [110, '*', 'auto'],
          body: [
            [
              cell(said.day, false, true),
              cell(said.method, false, true),
              cell(said.amount, true, true),
            ],
            ...document.payments.map(({ day, method, amount }) => [
              cell(voice.day(day)),
              cell(methodText(method, said)),
              cell(voice.amount(amount), true),
            ]),
          ],
        },
        layout: quiet(palette),
      },
    ],
    margin: [0, 0, 0, 18],
  }
}

function methodText(
  method: DocumentPayment['method'],
  said: Sheet['voice']['texts']['payments'],
): string {
  switch (method.kind) {
    case 'card':
      return fill(said.card, { brand: brandName(method.brand), last4: method.last4 })
    case 'credit':
      return said.credit
    case 'write_off':
      return said.writtenOff
    case 'other':
      return method.text
  }
}

/** 'visa' as its owner writes it. */
const brandName = (brand: string): string =>
  ({ visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express' })[brand] ?? brand
