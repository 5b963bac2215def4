import { parse } from 'csv-parse'
import { demand } from '#server/auth/rights.ts'
import { Refusal } from '#server/kernel/errors.ts'
import { type Edge, unitOfWork } from '#server/runtime/unit-of-work.ts'
import { columnsMissing, fileTooLarge, notATable } from '#server/usage/errors.ts'
import {
  columns,
  type Fault,
  type Given,
  type ImportResult,
  limits,
  neededColumns,
} from '#server/usage/schema.ts'
import { importNumbered, type Numbered } from '#server/usage/service.ts'

/** Of one transaction: few enough that whoever bills these customers waits for no more than a moment. */
const atOnce = 2_000
/** A record beyond this has an open quotation mark, or is none of ours. */
const longestRow = 16 * 1024

/**
 * Imports a CSV file while it arrives, a slice a transaction, so it is never held as a whole. What
 * breaks half way leaves the slices before: they are known when the file comes again.
 *
 * @throws invalid `usage.columns_missing`, `usage.not_a_table`, `usage.file_too_large`
 */
export async function importFile(
  edge: Edge,
  file: AsyncIterable<Buffer> & NodeJS.ReadableStream,
  name: string,
): Promise<ImportResult> {
  demand(edge.actor, 'usage:import')

  const faults: Fault[] = []
  const sum = { imported: 0, known: 0, faulty: 0 }
  const take = async (slice: readonly Numbered[]) => {
    const told = await unitOfWork(edge, (ctx) => importNumbered(ctx, slice, name))
    sum.imported += told.imported
    sum.known += told.known
    sum.faulty += told.faulty
    faults.push(...told.faults.slice(0, limits.faults - faults.length))
  }

  let slice: Numbered[] = []
  for await (const one of rowsOf(file)) {
    slice.push(one)
    if (slice.length < atOnce) continue
    await take(slice)
    slice = []
  }
  if (slice.length > 0) await take(slice)
  return { ...sum, faults }
}

async function* rowsOf(
  file: AsyncIterable<Buffer> & NodeJS.ReadableStream,
): AsyncGenerator<Numbered> {
  const parser = file.pipe(
    parse({
      bom: true,
      delimiter: [',', ';', '\t'],
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
    }),
  )
  file.once('error', (error) => parser.destroy(error))

  let places: (readonly [keyof Given, number])[] | undefined
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++
      if (!places) {
        places = placesOf(cells)
        continue
      }
      if (row > limits.fileRows + 1) throw fileTooLarge()
      yield { row, given: givenOf(cells, places) }
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (String((error as { code?: unknown }).code).startsWith('CSV_')) throw notATable()
    throw error
  }
  if (!places) throw columnsMissing(neededColumns)
}

/** Headings are the names of the fields, in any order and case; others are not read. */
function placesOf(headings: readonly string[]): (readonly [keyof Given, number])[] {
  const names = headings.map((text) => text.trim().toLowerCase())
  const missing = neededColumns.filter((column) => !names.includes(column))
  if (missing.length > 0) throw columnsMissing(missing)
  return columns.flatMap((column) => {
    const at = names.indexOf(column)
    return at < 0 ? [] : [[column, at] as const]
  })
}

const nothing: Given = {
  id: '',
  account: '',
  service: '',
  start: '',
  duration: '',
  volume: '',
  amount: '',
  currency: '',
  destination: '',
}

function givenOf(cells: readonly string[], places: readonly (readonly [keyof Given, number])[]) {
  const given = { ...nothing }
  for (const [column, at] of places) given[column] = cells[at] ?? ''
  return given
}
