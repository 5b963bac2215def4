import {
  type ExtensionFilter,
  type ExtensionQuery,
  extensionSorts,
  zExtensionQuery,
} from '#server/pbx/schema.ts'

/** What a page's address says, as Next and as a browser hand it over. */
export type Address = Readonly<Record<string, string | string[] | undefined>>

/** Columns that can be put away; the number stays. */
export const columnIds = ['name', 'product', 'numbers', 'device', 'status', 'added'] as const
export type ColumnId = (typeof columnIds)[number]

/** Seldom wanted, so it has to be asked for. */
const awayAtFirst: readonly ColumnId[] = ['added']

export const drawerTabs = [
  'general',
  'numbers',
  'device',
  'addons',
  'groups',
  'blocks',
  'activity',
] as const

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

/** A number of the address; what isn't one is as good as nothing. */
const idIn = (text: string | undefined) =>
  /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined

const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((each) => each === text)

/** The query an address stands for; what nobody could have meant is left out. */
export function queryIn(address: Address): ExtensionQuery {
  const text = (name: string) => first(address[name])?.trim()
  const sort = text('sort') ?? ''
  const page = Number(text('page'))
  return zExtensionQuery.parse({
    search: (text('q') ?? '').slice(0, 100),
    status: oneOf(['active', 'inactive', 'blocked'], text('status')),
    product: idIn(text('product')),
    addon: idIn(text('addon')),
    number: oneOf(['with', 'without'], text('number')),
    published: { yes: true, no: false }[text('listed') ?? ''],
    sort: oneOf(extensionSorts, sort.replace(/^-/, '')) ?? 'extension',
    direction: sort.startsWith('-') ? 'descending' : 'ascending',
    page: Number.isInteger(page) && page > 1 && page <= 10_000 ? page - 1 : 0,
  })
}

/** Which of them it is about, whatever the order and the page. */
export const filterOf = ({
  sort: _,
  direction: __,
  page: ___,
  ...filter
}: ExtensionQuery): ExtensionFilter => filter

export const isFiltered = ({
  search,
  status,
  product,
  addon,
  number,
  published,
}: ExtensionFilter) =>
  search !== '' || [status, product, addon, number, published].some((one) => one !== undefined)

/** The columns an address shows. */
export function columnsIn(address: Address): readonly ColumnId[] {
  const said = first(address.columns)
  if (said === undefined) return columnIds.filter((id) => !awayAtFirst.includes(id))
  const wanted = said.split('.')
  return columnIds.filter((id) => wanted.includes(id))
}

/** How columns are said in an address; nothing where they are what everybody sees. */
export function columnsText(columns: readonly ColumnId[]): string | undefined {
  const usual = columnIds.filter((id) => !awayAtFirst.includes(id))
  const same = columns.length === usual.length && usual.every((id) => columns.includes(id))
  return same ? undefined : columnIds.filter((id) => columns.includes(id)).join('.') || 'none'
}

/** Changes an address: what is undefined goes, another list begins with its first page. */
export function changed(
  from: string,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const next = new URLSearchParams(from)
  const sameList = ['open', 'tab', 'columns', 'page']
  if (Object.keys(changes).some((name) => !sameList.includes(name))) next.delete('page')
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name)
    else next.set(name, value)
  }
  return next.size > 0 ? `?${next}` : '?'
}

/** Pressing a heading sorts by it, and once more the other way round. */
export function sortText(
  column: (typeof extensionSorts)[number],
  { sort, direction }: Pick<ExtensionQuery, 'sort' | 'direction'>,
): string | undefined {
  if (sort === column && direction === 'ascending') return `-${column}`
  return column === 'extension' ? undefined : column
}
