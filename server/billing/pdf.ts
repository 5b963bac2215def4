import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import { printer } from '#server/billing/pdf-fonts.ts'
import { closing, lines, sums } from '#server/billing/pdf-lines.ts'
import { margin, paletteOf, type Sheet, small, width } from '#server/billing/pdf-look.ts'
import { drawn, heading, parties, standing } from '#server/billing/pdf-parts.ts'
import { voiceOf } from '#server/billing/pdf-texts.ts'
import type { InvoiceDocument } from '#server/billing/schema.document.ts'
import { fill } from '#server/kernel/text.ts'

/**
 * An invoice as a PDF on A4, in its own language, fonts embedded. The same document gives the same
 * bytes: nothing on it depends on when or where it is made.
 */
export async function renderInvoicePdf(document: InvoiceDocument): Promise<Uint8Array> {
  return printer().createPdf(definitionOf(document)).getBuffer()
}

/** What a file of it is called: 'INV-2026-000042.pdf'. */
export const fileNameOf = ({ number, issuedOn }: Pick<InvoiceDocument, 'number' | 'issuedOn'>) =>
  `${(number ?? `draft-${issuedOn}`).replace(/[^\w.-]+/g, '-')}.pdf`

function definitionOf(document: InvoiceDocument): TDocumentDefinitions {
  const voice = voiceOf(document.locale, document.currency)
  const sheet: Sheet = { document, voice, palette: paletteOf(document.brand.accent) }
  const title = titleOf(sheet)

  return {
    pageSize: 'A4',
    pageMargins: [margin, 44, margin, 68],
    version: '1.7',
    language: voice.language,
    info: infoOf(sheet, title),
    displayTitle: true,
    defaultStyle: { font: 'latin', fontSize: 9, lineHeight: 1.25, color: sheet.palette.ink },
    background: (page, { width: full }) => ({
      canvas: [
        { type: 'rect', x: 0, y: 0, w: full, h: page === 1 ? 8 : 3, color: sheet.palette.accent },
      ],
    }),
    footer: (page, pages) => footer(sheet, page, pages),
    ...stamp(sheet),
    content: [
      heading(sheet, title),
      parties(sheet),
      standing(sheet),
      lines(sheet),
      sums(sheet),
      ...closing(sheet),
    ],
  }
}

function titleOf({ document, voice }: Sheet): string {
  const { titles } = voice.texts
  return document.state === 'draft' ? titles.draft : titles[document.kind]
}

function infoOf({ document, voice }: Sheet, title: string): TDocumentDefinitions['info'] {
  const { number, issuer, billTo, issuedOn } = document
  const values = { title, number: number ?? '', issuer: issuer.name, customer: billTo.name }
  return {
    title: `${title} ${number ?? ''}`.trim(),
    author: issuer.name,
    subject: fill(voice.texts.subject, values),
    creator: document.brand.title,
    producer: document.brand.title,
    // The file's identity is made of it: the day it was issued, not the moment it is drawn.
    creationDate: new Date(`${issuedOn}T12:00:00Z`),
  }
}

/** Across the page, where nothing is to be paid by it. */
function stamp({
  document: { state },
  voice,
  palette,
}: Sheet): Pick<TDocumentDefinitions, 'watermark'> {
  if (state !== 'draft' && state !== 'void') return {}
  const text = voice.texts.stamps[state]
  return {
    watermark: {
      text,
      font: 'latin',
      bold: true,
      fontSize: 110,
      color: palette.muted,
      opacity: 0.1,
      angle: -38,
    },
  }
}

function footer({ document, voice, palette }: Sheet, page: number, pages: number): Content {
  const { issuer, number } = document
  const { texts } = voice
  const about = [
    [issuer.name, ...issuer.address].join(' · '),
    [issuer.registration, issuer.vatId && fill(texts.taxId, { id: issuer.vatId })]
      .filter(Boolean)
      .join(' · '),
  ].filter(Boolean)
  const values = { page: String(page), pages: String(pages) }
  return {
    margin: [margin, 14, margin, 0],
    stack: [
      {
        canvas: [
          { type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.5, lineColor: palette.rule },
        ],
      },
      {
        margin: [0, 7, 0, 0],
        columns: [
          { width: '*', stack: about.map((line) => ({ text: drawn(line), ...small(palette) })) },
          {
            width: 'auto',
            alignment: 'right',
            stack: [
              { text: number ?? '', ...small(palette) },
              { text: fill(texts.page, values), ...small(palette), fontFeatures: ['tnum'] },
            ],
          },
        ],
        columnGap: 24,
      },
    ],
  }
}
