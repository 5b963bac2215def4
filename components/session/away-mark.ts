/** Digest of an error that goes away by itself: the server or its database can't be reached. */
export const AWAY = 'portico-away'

export const isAway = (error: unknown): boolean =>
  error instanceof Error && 'digest' in error && error.digest === AWAY
