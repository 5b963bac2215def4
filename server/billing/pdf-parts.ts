import type { Column, Content, ContentText } from 'pdfmake/interfaces'
import { runsOf } from '#server/billing/pdf-fonts.ts'
import { label, type Sheet, width } from '#server/billing/pdf-look.ts'
import type { Party, PaymentState } from '#server/billing/schema.document.ts'
import { fill } from '#server/kernel/text.ts'

/** A text with the fonts it needs; a plain one stays plain. */
export function drawn(text: string): ContentText['text'] {
  const runs = runsOf(text)
  return runs.length === 1 && runs[0]!.font === 'latin'
    ? text
    : // Its lines would be half as high again as those around.
      runs.map((run) => ({ ...run, ...(run.font === 'arabic' && { lineHeight: 0.85 }) }))
}

/** Whose it is on the left; on the right what it is, and its number. */
export function heading({ document, palette }: Sheet, title: string): Content {
  return {
    columns: [
      {
        width: '*',
        text: drawn(document.brand.title),
        fontSize: 15,
        bold: true,
        color: palette.accentText,
      },
      {
        width: 'auto',
        alignment: 'right',
        stack: [
          { text: title, fontSize: 20, bold: true, lineHeight: 1.1 },
          { text: document.number ?? '', fontSize: 10, color: palette.muted },
        ],
      },
    ],
    columnGap: 24,
    margin: [0, 0, 0, 22],
  }
}

/** From whom, to whom, and the facts that a booking needs. */
export function parties(sheet: Sheet): Content {
  const { document, voice, palette } = sheet
  const { texts } = voice
  const facts: [string, string][] = [
    [texts.number, document.number ?? '–'],
    [texts.issued, voice.day(document.issuedOn)],
    [texts.due, voice.day(document.dueOn)],
    ...(document.cycle ? [[texts.cycle, voice.period(document.cycle)] as [string, string]] : []),
    [texts.customer, String(document.billTo.customer)],
  ]
  return {
    columns: [
      party(sheet, texts.from, document.issuer),
      party(sheet, texts.billTo, document.billTo),
      {
        width: 168,
        table: {
          widths: ['auto', '*'],
          body: facts.map(([name, value]) => [
            { text: name, ...label(palette) },
            { text: value, fontSize: 8.5, alignment: 'right' as const },
          ]),
        },
        layout: {
          defaultBorder: false,
          paddingLeft: () => 0,
          paddingRight: () => 0,
          paddingTop: () => 0,
          paddingBottom: () => 2.5,
        },
      },
    ],
    columnGap: 20,
    margin: [0, 0, 0, 20],
  }
}

function party({ voice, palette }: Sheet, title: string, who: Party): Column {
  const { taxId } = voice.texts
  const below = [
    ...who.address,
    ...(who.vatId ? [fill(taxId, { id: who.vatId })] : []),
    ...(who.email ? [who.email] : []),
  ]
  return {
    width: '*',
    stack: [
      { text: title, ...label(palette), margin: [0, 0, 0, 2] },
      { text: drawn(who.name), bold: true, fontSize: 10 },
      ...below.map((line) => ({ text: drawn(line), color: palette.ink, fontSize: 8.5 })),
    ],
  }
}

/** What is due, and how it stands, in one glance. */
export function standing({ document, voice, palette }: Sheet): Content {
  const { texts } = voice
  const { paymentState: state } = document
  const isOwed = state === 'open' || state === 'partly' || state === 'overdue'
  const favour = document.kind === 'credit_note'
  const amount = isOwed ? document.open : document.total
  const name = isOwed ? texts.sums.open : favour ? texts.sums.favour : texts.sums.total
  const colour = state === 'overdue' ? palette.bad : state === 'paid' ? palette.good : palette.ink

  return {
    table: {
      widths: [width / 2 - 16, width / 2 - 16],
      body: [
        [
          {
            stack: [
              { text: name, ...label(palette) },
              { text: voice.amount(amount), fontSize: 17, bold: true, lineHeight: 1.15 },
            ],
          },
          {
            text: stateText(document, voice),
            bold: true,
            color: colour,
            alignment: 'right',
            margin: [0, 12, 0, 0],
          },
        ],
      ],
    },
    layout: {
      defaultBorder: false,
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      fillColor: () => palette.tint,
      paddingLeft: (n) => (n === 0 ? 16 : 0),
      paddingRight: (n) => (n === 1 ? 16 : 0),
      paddingTop: () => 11,
      paddingBottom: () => 9,
    },
    margin: [0, 0, 0, 20],
  }
}

function stateText(
  { paymentState, dueOn, payments }: Sheet['document'],
  voice: Sheet['voice'],
): string {
  const { states } = voice.texts
  const last = payments.at(-1)
  if (paymentState === 'paid' && last) return fill(states.paidOn, { day: voice.day(last.day) })
  const said: Record<PaymentState, string> = states
  return fill(said[paymentState], { day: voice.day(dueOn) })
}
