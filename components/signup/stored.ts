/**
 * What this tab keeps over a reload and nobody else may see: what was typed and not yet sent, the
 * gateway's token, the key of a press of the button. Never a card datum.
 */
const keys = ['address', 'number', 'card', 'press'] as const
type Key = (typeof keys)[number]

const nameOf = (site: string, key: Key) => `portico:signup:${site}:${key}`

export function keep(site: string, key: Key, value: unknown): void {
  withStorage((storage) => storage.setItem(nameOf(site, key), JSON.stringify(value)))
}

/** Undefined where there is nothing, or what is there isn't what `fits`. */
export function recall<T>(
  site: string,
  key: Key,
  fits: (value: unknown) => value is T,
): T | undefined {
  return withStorage((storage) => {
    const value: unknown = JSON.parse(storage.getItem(nameOf(site, key)) ?? 'null')
    return fits(value) ? value : undefined
  })
}

export function forget(site: string, ...which: readonly Key[]): void {
  withStorage((storage) => {
    for (const key of which) storage.removeItem(nameOf(site, key))
  })
}

/** Another signup begins: nothing of the last one is left. */
export const forgetAll = (site: string): void => forget(site, ...keys)

/** Browsers that keep nothing (private frames, full disks) lose the convenience, not the signup. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage)
  } catch {
    return undefined
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
