import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readTable } from '#server/bulk/read.ts'
import { limits } from '#server/bulk/schema.ts'
import { asRow, writeCsv, writeXlsx, zip } from '#server/bulk/testing.ts'
import { refused } from '#server/testing/refused.ts'

const read = async (text: string | Buffer) => (await readTable(Buffer.from(text))).rows
const headings = 'Extension number,Product'
const number = (value: string, style = 0) => ({
  xml: (at: string) => `<c r="${at}" s="${style}"><v>${value}</v></c>`,
})
const extensionsOf = async (cells: readonly { xml: (at: string) => string }[], styles?: string) =>
  (
    await readTable(
      writeXlsx([['Extension number', 'Product'], ...cells.map((cell) => [cell, 'X'])], { styles }),
    )
  ).rows.map((row) => row.cells.extension)

describe('rows are numbered as the spreadsheet numbers them', () => {
  test('with a title, empty lines and lines within cells', async () => {
    const rows = await read(`Our people,\n\n${headings}\n\n101,"a\nb"\n,,\n102,c\n`)
    expect(rows.map(({ n, cells }) => [n, cells.extension])).toEqual([
      [5, '101'],
      [7, '102'],
    ])
  })

  test('with rows left out of a workbook', async () => {
    const bytes = writeXlsx([['Extension', 'Product'], [''], ['101', 'X']])
    expect((await readTable(bytes)).rows[0]).toMatchObject({ n: 3 })
  })
})

describe('numbers of a workbook', () => {
  test('are whole, however the program wrote them', async () => {
    expect(await extensionsOf([number('101'), number('1.2094555948E10')])).toEqual([
      '101',
      '12094555948',
    ])
  })

  test('beyond fifteen digits show the damage', async () => {
    expect(await extensionsOf([number('1.2094555948120945E16')])).toEqual(['1.2094555948120945E16'])
  })

  test('have the zeros that are shown', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    expect(await extensionsOf([number('101', 1), number('101')], styles)).toEqual(['0101', '101'])
  })

  test.each([
    ['14', ''],
    ['164', '<numFmts><numFmt numFmtId="164" formatCode="[$-409]d\\-mmm;@"/></numFmts>'],
  ])('that a format makes days are days (%s)', async (id, formats) => {
    const styles = `<styleSheet>${formats}<cellXfs><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs></styleSheet>`
    expect(await extensionsOf([number('46027', 1)], styles)).toEqual(['2026-01-05'])
  })
})

describe('a file that can’t be read says why', () => {
  test.each<[string, string | Buffer, string, Record<string, unknown>]>([
    ['nothing', '', 'bulk.file_empty', {}],
    ['headings alone', `${headings}\n\n`, 'bulk.file_empty', {}],
    ['no headings', '101,Cloud PBX\n102,Cloud PBX', 'bulk.heading_missing', {}],
    [
      'a column missing',
      'Extension number,Name\n101,x',
      'bulk.heading_missing',
      { missing: ['Product'] },
    ],
    [
      'a column twice',
      'Extension,Ext,Product\n1,2,3',
      'bulk.heading_twice',
      { heading: 'Extension number' },
    ],
    ['an open quotation mark', `${headings}\n101,a\n102,"b\n`, 'bulk.quote_open', { row: 3 }],
    [
      'a cell without end',
      `${headings}\n101,${'x'.repeat(1_001)}`,
      'bulk.cell_too_long',
      { row: 2 },
    ],
    [
      'a record without end',
      `${headings}\n101,${'x'.repeat(99_000)}`,
      'bulk.cell_too_long',
      { row: 2 },
    ],
    [
      'a card number',
      `${headings},Name\n101,a,4242 4242 4242 4242`,
      'bulk.card_number',
      { row: 2 },
    ],
    ['a PDF', '%PDF-1.7', 'bulk.not_a_table', {}],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 0, 0, 0]), 'bulk.not_a_table', {}],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'bulk.workbook_broken', {}],
    ['another zip', zip([{ name: 'word/document.xml', text: '<a/>' }]), 'bulk.not_a_table', {}],
    [
      'half a zip',
      writeXlsx([['Extension', 'Product']]).subarray(0, 300),
      'bulk.workbook_broken',
      {},
    ],
  ])('%s', async (_what, bytes, code, details) => {
    const refusal = await refused(read(bytes))
    expect(refusal).toMatchObject({ code, details })
  })

  test('more rows, or more bytes, than agreed', async () => {
    const line = '101,a\n'
    expect(await read(`${headings}\n${line.repeat(limits.rows)}`)).toHaveLength(limits.rows)
    expect((await refused(read(`${headings}\n${line.repeat(limits.rows + 1)}`))).code).toBe(
      'bulk.too_many_rows',
    )
    expect((await refused(read(Buffer.alloc(limits.bytes + 1)))).code).toBe('bulk.file_too_large')
  })

  test('a workbook that inflates to more than a list can have', async () => {
    const bomb = writeXlsx([['Extension', 'Product']], {
      styles: `<styleSheet>${' '.repeat(limits.inflated)}</styleSheet>`,
    })
    expect(bomb.length).toBeLessThan(200_000)
    expect((await refused(readTable(bomb))).code).toBe('bulk.workbook_too_large')
  })

  test('a workbook that declares entities, or is deeper than any', async () => {
    for (const styles of ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<a>'.repeat(100)]) {
      expect(
        (await refused(readTable(writeXlsx([['Extension', 'Product']], { styles })))).code,
      ).toBe('bulk.workbook_broken')
    }
  })
})

test('what stands under no heading is kept apart, and headings that aren’t ours are named', async () => {
  const table = await readTable(
    Buffer.from('Extension;Product;Salary;What to do\n101;a;x;Do it;Smith;\n102;b\n'),
  )
  expect(table.ignored).toEqual(['Salary'])
  expect(table.rows.map(({ extra }) => extra)).toEqual(['Smith', null])
})

test('text kept from being a number or a formula is what it was meant to be', async () => {
  const [row] = await read(`Name,${headings}\n'+1 person,"=""0101""",a`)
  expect(row!.cells).toMatchObject({ name: '+1 person', extension: '0101' })
})

test.each(['csv', 'xlsx'])('LibreOffice’s own %s has twelve extensions', async (kind) => {
  const rows = await read(readFileSync(`e2e/files/new-hires.${kind}`))
  expect(rows.map(({ cells }) => cells.extension)).toEqual(
    Array.from({ length: 12 }, (_, i) => String(4701 + i)),
  )
  expect(rows[0]!.cells).toEqual({
    extension: '4701',
    name: 'Renée O’Connor',
    numbers: '12094555950, 12094555951',
    published: 'Y',
    email: 'renee@abc.example',
    timezone: 'America/New_York',
    product: 'Cloud PBX',
    huntgroup: 'Sales',
  })
})

test('others have their turn a hundred times while 10,000 rows are read', async () => {
  const cells = { name: 'Somebody “quoted”, of us', numbers: '12094555950', product: 'Cloud PBX' }
  const rows = Array.from({ length: 10_000 }, (_, i) =>
    asRow({ ...cells, extension: String(10_000 + i), email: `${'x'.repeat(100)}@abc.example` }),
  )
  const heading = ['Extension', 'Name', 'DID', 'Y', 'Email', 'Timezone', 'Product', 'Huntgroup']
  const files = [
    writeCsv([heading, ...rows], {
      separator: ';',
      encoding: 'utf-16le',
      lineEnd: '\r\n',
      quoted: 'all',
      lastLineEnds: true,
      namesSeparator: false,
    }),
    writeXlsx([heading, ...rows]),
  ]
  for (const bytes of files) {
    let turns = 0
    let over = false
    const other = () => {
      turns++
      if (!over) setImmediate(other)
    }
    setImmediate(other)
    expect((await readTable(bytes)).rows).toHaveLength(10_000)
    over = true
    expect(turns).toBeGreaterThan(100)
  }
})
