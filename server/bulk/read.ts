import { csvRows, type RawRow } from '#server/bulk/csv.ts'
import { cellText } from '#server/bulk/damage.ts'
import {
  cardNumber,
  cellTooLong,
  fileEmpty,
  fileTooLarge,
  headingMissing,
  headingTwice,
  notATable,
  tooManyRows,
  workbookBroken,
} from '#server/bulk/errors.ts'
import { columnOf, templateHeadings } from '#server/bulk/headings.ts'
import { type Column, columns, limits, mandatory, type ReadRow } from '#server/bulk/schema.ts'
import { xlsxRows } from '#server/bulk/xlsx.ts'
import { carriesCard } from '#server/kernel/card-guard.ts'

/** What a file holds: rows in its order, and headings that mean nothing to us. */
export type Table = Readonly<{ rows: readonly ReadRow[]; ignored: readonly string[] }>

/** Rows before the headings: a title, a date, a line that is empty. */
const searched = 10

const signature = (bytes: Buffer) => bytes.subarray(0, 4).toString('latin1')

function rowsOf(bytes: Buffer): AsyncGenerator<RawRow[]> {
  const first = signature(bytes)
  if (first.startsWith('PK')) return xlsxRows(bytes)
  // What workbooks of before 2007 begin with, and newer ones that have a password.
  if (first === '\xd0\xcf\x11\xe0') throw workbookBroken()
  if (first === '%PDF' || first === '{\\rt' || first === '<htm') throw notATable()
  return csvRows(bytes)
}

type Layout = Readonly<{
  /** By place: the column, `other` for a heading that isn't ours or isn't read back. */
  places: readonly (Column | 'other' | undefined)[]
  ignored: readonly string[]
}>

/** Undefined when this row is no heading: it lacks what is mandatory. */
function layoutOf(cells: readonly string[]): Layout | undefined {
  const headings = cells.map(cellText)
  const known = headings.map(columnOf)
  const places = headings.map((heading, i) => {
    const place = known[i]
    if (place && place !== 'note') return place
    return heading === '' ? undefined : 'other'
  })
  if (!mandatory.every((column) => places.includes(column))) return undefined
  for (const column of columns) {
    if (places.indexOf(column) !== places.lastIndexOf(column)) {
      throw headingTwice(templateHeadings[column])
    }
  }
  const ignored = headings.filter((_, i) => places[i] === 'other' && known[i] !== 'note')
  return { places, ignored: ignored.map((heading) => heading.slice(0, 100)) }
}

/**
 * Reads a file, whichever program wrote it. Every row of it is answered, in order, with nothing
 * mended and nothing guessed.
 *
 * @throws invalid `bulk.…`, where it can't be read as a list of extensions
 */
export async function readTable(bytes: Buffer): Promise<Table> {
  if (bytes.length > limits.bytes) throw fileTooLarge(limits.bytes / 1024 / 1024)

  let layout: Layout | undefined
  let first: readonly string[] | undefined
  let seen = 0
  const rows: ReadRow[] = []
  for await (const slice of rowsOf(bytes)) {
    for (const raw of slice) {
      const texts = raw.cells.map(cellText)
      if (texts.every((text) => text === '')) continue
      if (layout) {
        if (rows.length >= limits.rows) throw tooManyRows(limits.rows)
        rows.push(read(raw.n, texts, layout))
        continue
      }
      first ??= texts
      layout = layoutOf(raw.cells)
      if (!layout && ++seen >= searched) throw missingIn(first)
    }
  }
  if (!layout) throw first ? missingIn(first) : fileEmpty()
  if (rows.length === 0) throw fileEmpty()
  return { rows, ignored: layout.ignored }
}

const missingIn = (cells: readonly string[]) => {
  const there = cells.map(columnOf)
  const missing = mandatory.filter((column) => !there.includes(column))
  // All there, but not in one row: the first one isn't the headings.
  return headingMissing((missing.length > 0 ? missing : mandatory).map((c) => templateHeadings[c]))
}

function read(n: number, texts: readonly string[], { places }: Layout): ReadRow {
  const cells = Object.fromEntries(columns.map((column) => [column, ''])) as Record<Column, string>
  const extra: string[] = []
  for (const [i, text] of texts.entries()) {
    if (text.length > limits.cell) throw cellTooLong(n, limits.cell)
    const place = places[i]
    if (place && place !== 'other') cells[place] = text
    // Under a heading that isn't ours there may be anything; where there is none there may not.
    if (!place && text !== '') extra.push(text)
  }
  const row = { n, cells, extra: extra.length > 0 ? extra.join(' · ').slice(0, limits.cell) : null }
  if (carriesCard(row)) throw cardNumber(n)
  return row
}
