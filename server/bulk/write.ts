import { notes, templateHeadings } from '#server/bulk/headings.ts'
import { type Cells, columns } from '#server/bulk/schema.ts'
import { csvLines, csvMark } from '#server/kernel/csv.ts'

/** A line of a CSV file. */
export const csvLine = (cells: readonly string[]): string => csvLines([cells])

const headings = columns.map((column) => templateHeadings[column])

/** The beginning of a file that we would read again; `noted` has what to do in a last column. */
export const csvBegin = (noted?: 'en' | 'es'): string =>
  csvMark + csvLine(noted ? [...headings, notes[noted === 'es' ? 1 : 0]] : headings)

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
