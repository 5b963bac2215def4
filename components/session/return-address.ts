import { paths } from '#server/kernel/routes.ts'

/**
 * Where to go after signing in: a path of our own, as somebody may have written the link. What a
 * browser would read as another host, or as the login itself, leads home.
 */
export function returnAddress(from: string | undefined): string {
  if (!from?.startsWith('/') || from.length > 500) return paths.home()
  const base = 'http://portico.internal'
  const to = URL.canParse(from, base) ? new URL(from, base) : undefined
  if (to?.origin !== base || closed.some((path) => to.pathname.startsWith(path))) {
    return paths.home()
  }
  // Next asks for parts of pages by this parameter; a person never does.
  to.searchParams.delete('_rsc')
  return `${to.pathname}${to.search}`
}

/** Pages that are no place to return to. */
const closed = ['/login', '/enter', '/welcome', '/api/', '/trpc/', '/_next/']

/** The login, with the way back; `ended` when there was a session before. */
export function loginHref(from: string | undefined, ended: boolean): string {
  const back = returnAddress(from)
  const query = new URLSearchParams()
  if (back !== paths.home()) query.set('from', back)
  if (ended) query.set('ended', '1')
  return query.size > 0 ? `${paths.login()}?${query}` : paths.login()
}
