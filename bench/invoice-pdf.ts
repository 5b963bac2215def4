import { extractText, getDocumentProxy } from 'unpdf'
import { renderInvoicePdf } from '#server/billing/pdf.ts'
import { printer } from '#server/billing/pdf-fonts.ts'
import { abcMonth, documentWith } from '#server/testing/documents.ts'
import { median, report } from './harness.ts'

const rounds = 5
const perRound = 20
/** Of the rate of pages that are empty but for a word in each of the two fonts. */
const bar = 0.1

const rateOf = async (make: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  for (let n = 0; n < perRound; n++) await make()
  return (perRound / (performance.now() - began)) * 1000
}

const emptyPage = () =>
  printer()
    .createPdf({
      content: ['Invoice', { text: 'Total', bold: true }],
      defaultStyle: { font: 'latin' },
    })
    .getBuffer()

/** Nothing is measured that isn't an invoice. */
async function assertRight(bytes: Uint8Array, said: string): Promise<void> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const { text } = await extractText(pdf, { mergePages: true })
  if (!text.replaceAll(/\s+/g, ' ').includes(said)) throw new Error(`An invoice lacks ${said}`)
}

/** PDFs a second of a month with a dozen rows, one after the other; all but empty pages by turns with them. */
export async function run(): Promise<boolean> {
  const document = abcMonth()
  const long = documentWith(Array.from({ length: 1_000 }, () => ({ amount: '10' })))
  await assertRight(await renderInvoicePdf(document), 'Total $54.05')
  await assertRight(await renderInvoicePdf(long), 'Total $10,500.00')

  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const empty = await rateOf(emptyPage)
    const rate = await rateOf(() => renderInvoicePdf(document))
    if (round === 0) continue // warm-up
    ours.push(rate)
    theirs.push(empty)
  }

  const began = performance.now()
  await renderInvoicePdf(long)
  console.log(`one of 1,000 lines in ${((performance.now() - began) / 1000).toFixed(2)} s`)
  return report('invoice-pdf', '1/s', median(ours), median(theirs), bar).ok
}
