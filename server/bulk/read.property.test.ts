import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellText } from '#server/bulk/damage.ts'
import { templateHeadings } from '#server/bulk/headings.ts'
import { readTable } from '#server/bulk/read.ts'
import { type Column, columns } from '#server/bulk/schema.ts'
import { asRow, type Dialect, isLatin, writeCsv, writeXlsx } from '#server/bulk/testing.ts'
import { csvBegin, csvRow } from '#server/bulk/write.ts'
import { carriesCard } from '#server/kernel/card-guard.ts'
import { Refusal } from '#server/kernel/errors.ts'

const files = process.env.PORTICO_DEEP ? 100_000 : 5_000

/** Words of people, and what a table breaks on. */
const word = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[A-Za-z0-9 .@_-]{0,12}$/) },
  {
    weight: 3,
    arbitrary: fc
      .array(
        fc.constantFrom(
          '"',
          '""',
          ',',
          ';',
          '\t',
          '\n',
          '\r\n',
          "'",
          '=',
          '+',
          'é',
          'ß',
          '€',
          ' ',
          'x',
          '1',
        ),
        { maxLength: 10 },
      )
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
)
const cells = fc
  .record(
    Object.fromEntries(columns.map((column) => [column, word])) as Record<Column, typeof word>,
  )
  .filter((row) =>
    Object.values(row).every((text) => !text.includes('\0') && !text.includes('\uFEFF')),
  )
  .filter((row) => !carriesCard(row) && !carriesCard(Object.values(row).join(' ')))
  // An empty row is none.
  .map((row) => ({ ...row, extension: cellText(row.extension) || '101' }))
const order = fc.shuffledSubarray([...columns], { minLength: columns.length })
const dialect: fc.Arbitrary<Dialect> = fc.record({
  separator: fc.constantFrom(',', ';', '\t'),
  encoding: fc.constantFrom('utf-8', 'utf-8 with a mark', 'utf-16le', 'utf-16be', 'windows-1252'),
  lineEnd: fc.constantFrom('\r\n', '\n', '\r'),
  quoted: fc.constantFrom('all', 'needed'),
  lastLineEnds: fc.boolean(),
  namesSeparator: fc.boolean(),
})
const rows = fc.array(cells, { minLength: 1, maxLength: 8 })
const languages: readonly Partial<Record<Column, string>>[] = [
  {},
  {
    extension: 'Número de extensión',
    name: 'Nombre',
    product: 'Producto',
    huntgroup: 'Grupo de búsqueda',
  },
  { extension: 'EXTENSION NUMBER *', product: ' product (mandatory)' },
  { extension: 'Nebenstelle', numbers: 'Rufnummern', product: 'Produkt' },
]
const table = fc.record({ rows, order, words: fc.constantFrom(...languages) })

type Table = typeof table extends fc.Arbitrary<infer T> ? T : never

const written = ({ rows, order, words }: Table): string[][] => [
  order.map((column) => words[column] ?? templateHeadings[column]),
  ...rows.map((row) => asRow(row, order)),
]

const meant = (row: Readonly<Record<Column, string>>) =>
  Object.fromEntries(columns.map((column) => [column, cellText(row[column])]))

async function readBack(bytes: Buffer) {
  const { rows } = await readTable(bytes)
  for (const row of rows) expect(row.extra).toBeNull()
  return rows
}

/** What the encoding can say, or what it can say without being taken for another. */
function sayable(of: Table, { encoding }: Dialect): boolean {
  if (encoding !== 'windows-1252') return true
  const text = written(of).flat().join('')
  return isLatin(text)
}

test(`of ${files} files in every dialect no row is lost, shifted or invented`, async () => {
  let read = 0
  await fc.assert(
    fc.asyncProperty(
      table,
      dialect,
      fc.constantFrom('csv', 'csv', 'csv', 'shared', 'inline'),
      async (of, how, as) => {
        fc.pre(as !== 'csv' || sayable(of, how))
        const plain = written(of)
        const bytes = as === 'csv' ? writeCsv(plain, how) : writeXlsx(plain, { strings: as })
        fc.pre(
          as !== 'csv' ||
            how.encoding !== 'windows-1252' ||
            !isUtf8(bytes) ||
            bytes.every((b) => b < 128),
        )
        const found = await readBack(bytes)
        const heading = as === 'csv' && how.namesSeparator ? 2 : 1
        expect(found.map(({ n }) => n)).toEqual(of.rows.map((_, i) => heading + 1 + i))
        expect(found.map((row) => row.cells)).toEqual(of.rows.map(meant))
        read++
      },
    ),
    { numRuns: files },
  )
  expect(read).toBe(files)
}, 600_000)

test.each(['shared', 'inline'] as const)(
  'a name that looks like an escape of a workbook’s is read as it stands (%s)',
  async (strings) => {
    const found = await readBack(
      writeXlsx(
        [
          [templateHeadings.extension, templateHeadings.name, templateHeadings.product],
          ['101', '_x00aA_ and _x005F_', 'Cloud PBX'],
        ],
        { strings },
      ),
    )
    expect(found.map(({ cells }) => cells.name)).toEqual(['_x00aA_ and _x005F_'])
  },
)

test('a file cut off anywhere has the rows before the cut as they were, and none after', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      dialect,
      fc.double({ min: 0.05, max: 0.999, noNaN: true }),
      async (of, how, share) => {
        fc.pre(sayable(of, how))
        const whole = writeCsv(written(of), how)
        try {
          const found = await readTable(
            whole.subarray(0, Math.floor((whole.length * share) / 2) * 2),
          )
          const complete = found.rows.slice(0, -1)
          expect(found.rows.length).toBeLessThanOrEqual(of.rows.length)
          // Half of a letter may be all there is of the last one's mark or encoding.
          if (how.encoding === 'utf-8 with a mark' || how.encoding.startsWith('utf-16')) {
            expect(complete.map((row) => row.cells)).toEqual(
              of.rows.slice(0, complete.length).map(meant),
            )
          }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
      },
    ),
    { numRuns: files / 10 },
  )
}, 120_000)

test('whatever bytes there are, the answer is rows or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc
          .tuple(
            table,
            fc.constantFrom('shared', 'inline'),
            fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
          )
          .map(([of, strings, changes]) => {
            const bytes = writeXlsx(written(of), { strings: strings as 'shared' })
            for (const [at, byte] of changes) bytes[at % bytes.length] = byte
            return bytes
          }),
      ),
      async (bytes) => {
        try {
          await readTable(Buffer.from(bytes))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
      },
    ),
    { numRuns: files / 10 },
  )
}, 120_000)

test('what we write is read again as it was, and no cell of it begins a formula', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (of) => {
      const stored = of.map((row) => meant(row) as Record<Column, string>)
      const text = csvBegin('en') + stored.map((row) => csvRow(row, 'Do this')).join('')
      const found = await readBack(Buffer.from(text))
      expect(found.map((row) => row.cells)).toEqual(stored)
      for (const cell of parse(text, { bom: true }).flat()) expect(cell).not.toMatch(/^[=+\-@]/)
    }),
    { numRuns: files / 10 },
  )
}, 60_000)
