type Query = Record<string, string | string[] | undefined>

/** The text a list is searched by, from the page's address. */
export const textIn = (query: Query, name: string): string => {
  const value = query[name]
  return typeof value === 'string' ? value.trim().slice(0, 100) : ''
}

/** Zero-based; people and addresses count from one. */
export function pageIn(query: Query): number {
  const page = Number(query.page)
  return Number.isInteger(page) && page > 1 && page <= 10_000 ? page - 1 : 0
}

export function pageHref(path: string, filters: Record<string, string>, page: number): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''))
  if (page > 0) query.set('page', String(page + 1))
  return query.size > 0 ? `${path}?${query}` : path
}
