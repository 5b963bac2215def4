import { crc32, deflateRawSync } from 'node:zlib'
import { type Column, columns } from '#server/bulk/schema.ts'

/** How a file is written: what Excel, LibreOffice, Numbers and Google Sheets differ in. */
export type Dialect = Readonly<{
  separator: ',' | ';' | '\t'
  encoding: 'utf-8' | 'utf-8 with a mark' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  lineEnd: '\r\n' | '\n' | '\r'
  quoted: 'all' | 'needed'
  lastLineEnds: boolean
  /** Excel's own first line, `sep=;`. */
  namesSeparator: boolean
}>

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`

export function writeCsv(rows: readonly (readonly string[])[], dialect: Dialect): Buffer {
  const { separator, lineEnd, quoted } = dialect
  const cell = (text: string) =>
    quoted === 'all' || /["\r\n]/.test(text) || text.includes(separator) ? quote(text) : text
  const lines = rows.map((row) => row.map(cell).join(separator))
  const named = dialect.namesSeparator ? `sep=${separator}${lineEnd}` : ''
  const text = named + lines.join(lineEnd) + (dialect.lastLineEnds ? lineEnd : '')
  return encode(text, dialect.encoding)
}

export function encode(text: string, encoding: Dialect['encoding']): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-8 with a mark') return Buffer.from(`\uFEFF${text}`)
  if (encoding === 'windows-1252') return Buffer.from([...text].map((letter) => latin.get(letter)!))
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return encoding === 'utf-16le' ? little : little.swap16()
}

const latin = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1252').decode(new Uint8Array([byte])),
    byte,
  ]),
)

export const isLatin = (text: string) => [...text].every((letter) => latin.has(letter))

export const asRow = (cells: Partial<Record<Column, string>>, order: readonly Column[] = columns) =>
  order.map((column) => cells[column] ?? '')

type Part = Readonly<{ name: string; text: string }>

/** A zip of texts, as small as the format allows. */
export function zip(parts: readonly Part[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text } of parts) {
    const plain = Buffer.from(text)
    const packed = deflateRawSync(plain)
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(plain.length, 18)
    common.writeUInt16LE(title.length, 22)
    const entry = Buffer.alloc(16)
    entry.writeUInt32LE(at, 12)
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), common, title, packed])
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02'),
        Buffer.from([20, 0]),
        common,
        entry.subarray(2),
        title,
      ]),
    )
    files.push(file)
    at += file.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...files, list, Buffer.from('PK\x05\x06'), end])
}

const xml = (text: string) =>
  text
    // A text that looks like an escape has its own first letter escaped, as Excel writes it.
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '_x000D_')

/** A cell as a workbook has it: text, or XML of one's own for a number, a day, a formula. */
export type WorkbookCell = string | Readonly<{ xml: (reference: string) => string }>

type Workbook = Readonly<{
  /** Texts stand in a part of their own, as Excel writes them, or in the cells. */
  strings?: 'shared' | 'inline'
  styles?: string
  more?: readonly Part[]
}>

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26)

export function writeXlsx(
  rows: readonly (readonly WorkbookCell[])[],
  { strings = 'shared', styles, more = [] }: Workbook = {},
): Buffer {
  const shared: string[] = []
  const cellOf = (cell: WorkbookCell, reference: string): string => {
    if (typeof cell !== 'string') return cell.xml(reference)
    if (cell === '') return ''
    if (strings === 'inline') {
      return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${xml(cell)}</t></is></c>`
    }
    shared.push(cell)
    return `<c r="${reference}" t="s"><v>${shared.length - 1}</v></c>`
  }
  const sheet = rows
    .map((row, i) => {
      const cells = row.map((cell, j) => cellOf(cell, `${letters(j)}${i + 1}`)).join('')
      return `<row r="${i + 1}">${cells}</row>`
    })
    .join('')
  return zip([
    {
      name: 'xl/workbook.xml',
      text: '<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      text: `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    },
    {
      name: 'xl/sharedStrings.xml',
      text: `<sst>${shared.map((text) => `<si><t xml:space="preserve">${xml(text)}</t></si>`).join('')}</sst>`,
    },
    ...(styles ? [{ name: 'xl/styles.xml', text: styles }] : []),
    ...more,
  ])
}
