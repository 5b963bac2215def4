import { notes, templateHeadings } from '#server/bulk/headings.ts'
import { type Cells, columns } from '#server/bulk/schema.ts'

/** What a spreadsheet would run as a formula (OWASP, CSV injection); an apostrophe makes it text. */
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/

const cellOf = (text: string): string => {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of a CSV file. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`

/** The mark by which Excel reads UTF-8 as what it is. */
const mark = '\uFEFF'

const headings = columns.map((column) => templateHeadings[column])

/** The beginning of a file that we would read again; `noted` has what to do in a last column. */
export const csvBegin = (noted?: 'en' | 'es'): string =>
  mark + csvLine(noted ? [...headings, notes[noted === 'es' ? 1 : 0]] : headings)

export const csvRow = (cells: Cells, note?: string): string =>
  csvLine([...columns.map((column) => cells[column]), ...(note === undefined ? [] : [note])])

const example: Cells = {
  extension: '101',
  name: 'John Doe',
  numbers: '',
  published: 'N',
  email: 'john.doe@example.com',
  timezone: '',
  product: '',
  huntgroup: '',
}

/** All columns in order and one row, with what this customer may put there. */
export const csvTemplate = (with_: Partial<Cells>): string =>
  csvBegin() + csvRow({ ...example, ...with_ })
