import { setImmediate as breathe } from 'node:timers/promises'
import { type CsvError, Parser } from 'csv-parse'
import { encodingOf, textOf } from '#server/bulk/decode.ts'
import { cellTooLong, notATable, quoteOpen } from '#server/bulk/errors.ts'
import { columnOf } from '#server/bulk/headings.ts'
import { limits } from '#server/bulk/schema.ts'

/** A row of any table: its number as a spreadsheet shows it, and its cells from the left. */
export type RawRow = Readonly<{ n: number; cells: readonly string[] }>

/** Parsed between two breaths: some milliseconds. */
const sliceBytes = 32 * 1024

/** Where the headings are, and rows enough to tell them. */
const beginningBytes = 8 * 1024

/** A record beyond this has an open quotation mark, or is no row of ours. */
const longestRecord = 64 * 1024

const delimiters = [',', ';', '\t'] as const

const parserOf = (delimiter: string) =>
  new Parser({
    delimiter,
    // All three, so that a file put together from several has all its rows.
    record_delimiter: ['\r\n', '\n', '\r'],
    // A quotation mark inside a cell is a character like others; rows may be short or long.
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRecord,
  })

/**
 * The separator under which the headings make most sense. Each candidate reads the beginning of the
 * file: what the cells hold can't mislead it.
 */
function delimiterOf(beginning: string): string {
  const headingsUnder = (delimiter: string): number => {
    const parser = parserOf(delimiter)
    parser.on('error', () => {})
    parser.write(beginning)
    let most = 0
    for (let i = 0; i < 10; i++) {
      const record: string[] | null = parser.read()
      if (!record) break
      most = Math.max(most, record.filter((cell) => columnOf(cell)).length)
    }
    return most
  }
  // With no line's end to show that a record is whole, the beginning gets one.
  const scores = delimiters.map((delimiter) => headingsUnder(delimiter))
  const best = Math.max(...scores)
  return delimiters[best > 0 ? scores.indexOf(best) : 0]!
}

/**
 * The rows of a CSV file, a slice of it at a time; between two slices others have their turn.
 *
 * @throws invalid `bulk.quote_open`, `bulk.cell_too_long`, `bulk.not_a_table`
 */
export async function* csvRows(bytes: Buffer, slice = sliceBytes): AsyncGenerator<RawRow[]> {
  const encoding = encodingOf(bytes)
  const beginning = textOf(bytes.subarray(0, beginningBytes), encoding, beginningBytes).next().value
  // A table has no zeros; what has is a picture or a program.
  if (String(beginning ?? '').includes('\0')) throw notATable()
  const named = /^sep=(.)(?:\r\n|\n|\r)/i.exec(String(beginning ?? ''))
  const parser = parserOf(named?.[1] ?? delimiterOf(`${beginning ?? ''}\n`))

  let n = 0
  let failure: CsvError | undefined
  parser.on('error', (error: CsvError) => {
    failure ??= error
  })
  const drain = (): RawRow[] => {
    const rows: RawRow[] = []
    for (let record = parser.read(); record !== null; record = parser.read()) {
      n++
      // What Excel is told by the first line is no row.
      if (!(n === 1 && named)) rows.push({ n, cells: record as string[] })
    }
    return rows
  }

  for (const text of textOf(bytes, encoding, slice)) {
    parser.write(text)
    const rows = drain()
    await breathe()
    if (failure) throw whyBroken(failure, n)
    if (rows.length > 0) yield rows
  }
  parser.end()
  const rows = drain()
  // The parser tells of an open quotation mark once it knows that there is no more.
  await breathe()
  rows.push(...drain())
  if (failure) throw whyBroken(failure, n)
  if (rows.length > 0) yield rows
}

function whyBroken({ code }: CsvError, rows: number): Error {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return quoteOpen(rows + 1)
  if (code === 'CSV_MAX_RECORD_SIZE') return cellTooLong(rows + 1, limits.cell)
  return notATable()
}
