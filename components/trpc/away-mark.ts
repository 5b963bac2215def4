import { refusedBy } from './refusal.ts'

/** Digest of an error that goes away by itself: the server or its database can't be reached. */
const AWAY = 'portico-away'

export const isAway = (error: unknown): boolean =>
  error instanceof Error && 'digest' in error && error.digest === AWAY

/** The same error, marked where it says that the server is away: for pages to try again by themselves. */
export function markAway(error: unknown): unknown {
  const kind = refusedBy(error)?.kind
  if (kind !== 'unavailable' && kind !== 'offline') return error
  // The digest is all that reaches the error page of a built application.
  return Object.assign(new Error('The server is away.', { cause: error }), { digest: AWAY })
}
