import type { RawRow } from '#server/bulk/csv.ts'
import { tooManyRows, workbookBroken } from '#server/bulk/errors.ts'
import { limits } from '#server/bulk/schema.ts'
import { dayOfSerial, kindOf, type NumberKind } from '#server/bulk/xlsx-numbers.ts'
import { openParts, type Parts } from '#server/bulk/xlsx-parts.ts'

/** Columns a cell may stand in: what is farther right is nobody's list of extensions. */
const mostColumns = 256

/** Rows beside those of the list: headings, and empty ones in between. */
const mostRows = limits.rows + 1_000

/** `xl/worksheets/sheet1.xml`, of the first sheet that isn't hidden; where Excel counts days from. */
async function findSheet(parts: Parts): Promise<{ path: string; from1904: boolean }> {
  const sheets: { id: string; hidden: boolean }[] = []
  let from1904 = false
  await parts.read('xl/workbook.xml', {
    open(name, at) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(at.date1904 ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(at).find(([key]) => /(^|:)id$/.test(key) && key !== 'sheetId')?.[1]
      sheets.push({ id: id ?? '', hidden: at.state !== undefined && at.state !== 'visible' })
    },
  })
  const targets = new Map<string, string>()
  await parts.read('xl/_rels/workbook.xml.rels', {
    open(name, at) {
      if (name === 'Relationship') targets.set(at.Id ?? '', at.Target ?? '')
    },
  })
  const sheet = sheets.find(({ hidden }) => !hidden) ?? sheets[0]
  const target = targets.get(sheet?.id ?? '')
  if (!target) throw workbookBroken()
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
  return { path, from1904 }
}

/** What Excel writes for letters that XML has no place for: `_x000D_` is a line's end. */
const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

/** Texts that cells refer to by their place. Readings of Japanese names stand beside, not in them. */
async function sharedStrings(parts: Parts): Promise<string[]> {
  const strings: string[] = []
  if (!parts.has('xl/sharedStrings.xml')) return strings
  let [text, inText, inReading] = ['', false, false]
  await parts.read('xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') text = ''
      if (name === 't') inText = true
      if (name === 'rPh') inReading = true
    },
    text(more) {
      if (inText && !inReading) text += more
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') inReading = false
      if (name === 'si') strings.push(unescaped(text))
    },
  })
  return strings
}

/** How each style shows a number. */
async function numberKinds(parts: Parts): Promise<NumberKind[]> {
  const kinds: NumberKind[] = []
  if (!parts.has('xl/styles.xml')) return kinds
  const codes = new Map<number, string>()
  let inCells = false
  await parts.read('xl/styles.xml', {
    open(name, at) {
      if (name === 'numFmt') codes.set(Number(at.numFmtId), at.formatCode ?? '')
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) {
        const id = Number(at.numFmtId ?? 0)
        kinds.push(kindOf(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return kinds
}

/** 'BC7' is column 54; without letters there is none. */
function columnIn(reference: string): number | undefined {
  let column = 0
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') {
    column = column * 26 + letter.charCodeAt(0) - 64
  }
  return column > 0 ? column - 1 : undefined
}

type Cell = { column: number; type: string; style: number; value: string; inline: string }

/** A cell as the person who made the workbook sees it. */
function shown(
  cell: Cell,
  strings: readonly string[],
  kinds: readonly NumberKind[],
  from1904: boolean,
) {
  const { type, value } = cell
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'inlineStr') return unescaped(cell.inline)
  if (type === 'str') return unescaped(value)
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n' || value === '') return value

  const kind = kinds[cell.style]
  const number = Number(value)
  if (kind === 'date') return dayOfSerial(number, from1904)
  // The whole number is in the file, however the program wrote it; beyond 15 digits it isn't.
  const whole = Number.isInteger(number) && Math.abs(number) < 1e15 ? number.toFixed(0) : value
  return typeof kind === 'object' && /^\d+$/.test(whole) ? whole.padStart(kind.digits, '0') : whole
}

/**
 * The rows of a workbook's first sheet. Numbers are read as they stand in the file, never by way of
 * what a program would show for them.
 *
 * @throws invalid `bulk.not_a_table`, `bulk.workbook_broken`, `bulk.workbook_too_large`
 */
export async function* xlsxRows(bytes: Buffer): AsyncGenerator<RawRow[]> {
  const parts = await openParts(bytes)
  try {
    const { path, from1904 } = await findSheet(parts)
    const strings = await sharedStrings(parts)
    const kinds = await numberKinds(parts)

    const rows: RawRow[] = []
    let n = 0
    let cells: string[] = []
    let cell: Cell | undefined
    let reading: 'value' | 'inline' | undefined
    await parts.read(path, {
      open(name, at) {
        if (name === 'row') {
          n = Number(at.r) || n + 1
          cells = []
        }
        if (name === 'c') {
          const column = columnIn(at.r ?? '') ?? cells.length
          cell = { column, type: at.t ?? 'n', style: Number(at.s ?? 0), value: '', inline: '' }
        }
        if (name === 'v') reading = 'value'
        if (name === 't') reading = 'inline'
      },
      text(text) {
        if (cell && reading) cell[reading] += text
      },
      close(name) {
        if (name === 'v' || name === 't') reading = undefined
        if (name === 'c' && cell) {
          const text = shown(cell, strings, kinds, from1904)
          // What stands too far right is kept at the end: beside the headings, it is a fault.
          if (text !== '') place(cells, Math.min(cell.column, mostColumns), text)
          cell = undefined
        }
        if (name === 'row' && cells.length > 0) {
          if (rows.length >= mostRows) throw tooManyRows(limits.rows)
          rows.push({ n, cells })
        }
      },
    })
    yield rows
  } finally {
    parts.close()
  }
}

function place(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('')
  cells[column] = cells[column] ? `${cells[column]} ${text}` : text
}
