import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Entry = Readonly<{
  version?: string
  dependencies?: Readonly<Record<string, string>>
  optionalDependencies?: Readonly<Record<string, string>>
}>

const { packages } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
) as { packages: Readonly<Record<string, Entry>> }

/** As Node looks for a package: beside the one that asks, then in the folders above. */
function isLocked(name: string, from: string): boolean {
  if (packages[`${from}${from && '/'}node_modules/${name}`]) return true
  return (
    from !== '' && isLocked(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))))
  )
}

test('the lock file names what every platform needs, so that `npm ci` takes it', () => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      .filter((name) => !isLocked(name, path))
      .map((name) => `${path} → ${name}`),
  )

  expect(missing).toEqual([])
})
