import { damageOf, digitDamageOf, looksGarbled } from '#server/bulk/damage.ts'
import {
  type Cells,
  type Column,
  columns,
  type Fault,
  isWarning,
  type ReadRow,
} from '#server/bulk/schema.ts'
import { isZone } from '#server/kernel/civil.ts'
import { normaliseEmail } from '#server/kernel/email.ts'
import { phoneCandidates } from '#server/kernel/phone.ts'
import { oneLine } from '#server/kernel/text.ts'

/** An extension that is there already. */
export type Line = Readonly<{
  account: number
  accountId: string
  extension: string
  name: string
  numbers: readonly string[]
  published: boolean
  email: string | null
  timeZone: string
  product: string
  groups: readonly string[]
}>

/** A product of the agreement, and whether extensions can have it. */
export type Sold = Readonly<{ product: number; name: string; fits: boolean }>

/** What rows are judged against: the customer's PBX and agreement as they are. */
export type World = Readonly<{
  /** Numbers of this country may be written as they are dialled there. */
  country: string
  zone: string
  /** By `plainName`. */
  products: ReadonlyMap<string, Sold>
  groups: ReadonlyMap<string, Readonly<{ id: number; name: string }>>
  /** Extensions of the file that are there already. */
  lines: ReadonlyMap<string, Line>
  /** Numbers an account is still called after, and the number its extension has now. */
  reserved: ReadonlyMap<string, string>
  /** Numbers of the file that are provided to the customer, and the extension or name each is on. */
  numbers: ReadonlyMap<string, string | null>
  /** Digits of the extensions there that begin with a zero. */
  zeroDigits: readonly number[]
}>

/** What the file itself says more than once: the first row of each. */
export type Seen = Readonly<{
  extensions: ReadonlyMap<string, number>
  numbers: ReadonlyMap<string, number>
  /** As in `World`, of the file. */
  zeroDigits: readonly number[]
}>

/** A row as it would be made. */
export type Wanted = Readonly<{
  extension: string
  name: string
  product: number
  numbers: readonly string[]
  email?: string
  timeZone?: string
  published: boolean
  groups: readonly number[]
}>

export type Verdict = Readonly<{
  n: number
  state: 'good' | 'unchanged' | 'faulty'
  faults: readonly Fault[]
  wanted?: Wanted
}>

/** Names as people compare them: case and spaces aside. */
export const plainName = (name: string) =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

/** Numbers of a cell, apart: commas, or the line breaks of a cell with several lines. */
export const numbersIn = (cell: string): string[] =>
  cell
    .split(/[,;\n\r]+/)
    .map((text) => text.trim())
    .filter((text) => text !== '')

/** What a row's numbers could be in the inventory: what the world has to be asked for. */
export const candidatesOf = ({ numbers }: Cells, country: string): string[] =>
  numbersIn(numbers).flatMap((text) => phoneCandidates(text, country))

const yes = new Set(['y', 'yes', 'true', '1', 's', 'sí', 'si', 'j', 'ja', 'o', 'oui', 'так', 'نعم'])
const no = new Set(['', 'n', 'no', 'false', '0', 'nein', 'non', 'ні', 'لا'])

const longest = { name: 100, numbers: 20 } as const

type Found = { column: Column | null } & Omit<Fault, 'column'>

/** Gathers faults of a row; a reader answers what the cell means, or undefined having said why not. */
type Say = (fault: Found) => undefined

function readExtension(cells: Cells, n: number, seen: Seen, zeros: readonly number[], say: Say) {
  const text = cells.extension
  const column = 'extension'
  if (text === '') return say({ column, code: 'required' })
  const damage = digitDamageOf(text)
  if (damage) return say({ column, ...damage })
  if (!/^\d+$/.test(text)) return say({ column, code: 'digits_only' })
  if (text.length < 2 || text.length > 6) return say({ column, code: 'extension_length' })
  const first = seen.extensions.get(text)
  if (first !== undefined && first !== n) {
    return say({ column, code: 'duplicate', details: { row: first } })
  }
  const digits = zeros.find((length) => length > text.length)
  if (digits) {
    say({ column, code: 'zero_lost', details: { likely: text.padStart(digits, '0') } })
  }
  return text
}

function readName({ name }: Cells, say: Say) {
  const text = oneLine(name.replace(/\s+/g, ' '))
  if (text.length > longest.name) {
    return say({ column: 'name', code: 'too_long', details: { maximum: longest.name } })
  }
  if (looksGarbled(text)) say({ column: 'name', code: 'garbled' })
  return text
}

function readNumbers(cells: Cells, n: number, world: World, seen: Seen, say: Say) {
  const column = 'numbers'
  const texts = numbersIn(cells.numbers)
  if (texts.length > longest.numbers) {
    return say({ column, code: 'too_many_numbers', details: { maximum: longest.numbers } })
  }
  const found = texts.map((text) => {
    const damage = digitDamageOf(text)
    if (damage) return say({ column, ...damage, details: { number: text } })
    const candidates = phoneCandidates(text, world.country)
    const number = candidates.find((candidate) => world.numbers.has(candidate))
    const details = { number: text }
    if (!number) {
      const plausible = candidates.some((candidate) => /^\d{7,15}$/.test(candidate))
      return say({ column, code: plausible ? 'number_not_provided' : 'not_a_number', details })
    }
    const first = seen.numbers.get(number)
    if (first !== undefined && first !== n) {
      return say({ column, code: 'number_duplicate', details: { ...details, row: first } })
    }
    return number
  })
  const distinct = new Set(found)
  if (distinct.has(undefined)) return undefined
  return [...(distinct as Set<string>)]
}

function readPublished({ published }: Cells, say: Say) {
  const text = published.toLowerCase()
  if (yes.has(text)) return true
  return no.has(text) ? false : say({ column: 'published', code: 'yes_or_no' })
}

function readEmail({ email }: Cells, say: Say) {
  if (email === '') return ''
  return normaliseEmail(email) ?? say({ column: 'email', code: 'email' })
}

const zones = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]))

function readZone({ timezone }: Cells, { zone }: World, say: Say) {
  if (timezone === '') return zone
  const known = zones.get(timezone.toLowerCase()) ?? (isZone(timezone) ? timezone : undefined)
  // The zones of the database's older names are asked for once.
  if (known) zones.set(timezone.toLowerCase(), known)
  return known ?? say({ column: 'timezone', code: 'zone_unknown', details: { example: zone } })
}

function readProduct({ product }: Cells, { products }: World, say: Say) {
  const column = 'product'
  if (product === '') return say({ column, code: 'required' })
  const known = products.get(plainName(product))
  if (known?.fits) return known
  if (known) return say({ column, code: 'product_wrong_kind', details: { product: known.name } })
  const names = [...products.values()].filter(({ fits }) => fits).map(({ name }) => name)
  return say({ column, code: 'product_unknown', details: { products: names.join(', ') } })
}

/** A group by its name; several with commas between them, as long as no name has one. */
function readGroups({ huntgroup }: Cells, { groups }: World, say: Say) {
  if (huntgroup === '') return []
  const whole = groups.get(plainName(huntgroup))
  if (whole) return [whole]
  const found = huntgroup.split(/[,;\n]/).map((text) => {
    const group = groups.get(plainName(text))
    if (group) return group
    const names = [...groups.values()].map(({ name }) => name).join(', ')
    return say({ column: 'huntgroup', code: 'group_unknown', details: { group: text, names } })
  })
  const distinct = new Set(found)
  return distinct.has(undefined) ? undefined : ([...distinct] as { id: number; name: string }[])
}

const same = (a: readonly string[], b: readonly string[]) =>
  [...a].sort().join('\n') === [...b].sort().join('\n')

/** Where a row differs from the extension that is there. */
function differences(line: Line, row: Read): Column[] {
  const equal: Partial<Record<Column, boolean>> = {
    name: line.name === row.name,
    numbers: same(line.numbers, row.numbers),
    published: line.published === row.published,
    email: (line.email ?? '').toLowerCase() === row.email.toLowerCase(),
    timezone: line.timeZone === row.timeZone,
    product: plainName(line.product) === plainName(row.product.name),
    huntgroup: same(
      line.groups,
      row.groups.map(({ name }) => name),
    ),
  }
  return columns.filter((column) => equal[column] === false)
}

type Read = {
  extension: string
  name: string
  numbers: string[]
  published: boolean
  email: string
  timeZone: string
  product: Sold
  groups: { id: number; name: string }[]
}

/** What is to be said of one row, and what would be made of it. */
export function judge(row: ReadRow, world: World, seen: Seen): Verdict {
  const faults: Fault[] = []
  const damaged = new Set<Column | null>()
  const say: Say = (fault) => {
    // What the spreadsheet has done to a cell is said; what follows from it isn't.
    if (!damaged.has(fault.column)) faults.push(fault)
    return undefined
  }

  const { n, cells } = row
  if (row.extra !== null) {
    say({ column: null, code: 'too_many_cells', details: { extra: row.extra } })
  }
  for (const column of columns) {
    const damage = damageOf(cells[column])
    if (!damage) continue
    say({ column, ...damage })
    damaged.add(column)
  }
  const zeros = [...world.zeroDigits, ...seen.zeroDigits]
  const read = {
    extension: readExtension(cells, n, seen, zeros, say),
    name: readName(cells, say),
    numbers: readNumbers(cells, n, world, seen, say),
    published: readPublished(cells, say),
    email: readEmail(cells, say),
    timeZone: readZone(cells, world, say),
    product: readProduct(cells, world, say),
    groups: readGroups(cells, world, say),
  }

  const line = read.extension === undefined ? undefined : world.lines.get(read.extension)
  if (line) {
    const readable = !faults.some((fault) => !isWarning(fault))
    const differing = readable ? differences(line, read as Read) : []
    if (readable && differing.length === 0) return { n, state: 'unchanged', faults: [] }
    say({
      column: 'extension',
      code: 'extension_differs',
      details: { columns: differing.join(',') },
    })
  } else {
    const now = read.extension && world.reserved.get(read.extension)
    if (now) say({ column: 'extension', code: 'extension_reserved', details: { now } })
    for (const number of read.numbers ?? []) {
      const on = world.numbers.get(number)
      if (on) say({ column: 'numbers', code: 'number_in_use', details: { number, on } })
    }
  }

  const ordered = [...faults].sort((a, b) => place(a) - place(b))
  if (faults.some((fault) => !isWarning(fault))) return { n, state: 'faulty', faults: ordered }
  const { product, groups, email, timeZone, ...rest } = read as Read
  return {
    n,
    state: 'good',
    faults: ordered,
    wanted: {
      ...rest,
      product: product.product,
      groups: groups.map(({ id }) => id),
      ...(email ? { email } : {}),
      ...(timeZone === world.zone ? {} : { timeZone }),
    },
  }
}

const place = ({ column }: Fault) => (column === null ? -1 : columns.indexOf(column))

/** What the file says more than once; each by the first row that says it. */
export function seenIn(): {
  seen: Seen
  look(row: ReadRow, known: (candidate: string) => boolean, country: string): void
} {
  const extensions = new Map<string, number>()
  const numbers = new Map<string, number>()
  const zeroDigits: number[] = []
  return {
    seen: { extensions, numbers, zeroDigits },
    look({ n, cells }, known, country) {
      const { extension } = cells
      if (/^\d{2,6}$/.test(extension)) {
        if (!extensions.has(extension)) extensions.set(extension, n)
        const { length } = extension
        if (extension.startsWith('0') && !zeroDigits.includes(length)) zeroDigits.push(length)
      }
      for (const text of numbersIn(cells.numbers)) {
        const number = phoneCandidates(text, country).find(known)
        if (number && !numbers.has(number)) numbers.set(number, n)
      }
    },
  }
}
