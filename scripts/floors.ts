import { readFileSync } from 'node:fs'

/** Below these versions a published hole is open. A package may be absent, but never older. */
const floors: Readonly<Record<string, string>> = {
  next: '16.2.6',
  react: '19.2.6',
  'react-dom': '19.2.6',
  'drizzle-orm': '0.45.2',
  '@trpc/server': '11.8.0',
  'fast-xml-parser': '5.5.7',
  'altcha-lib': '1.4.1',
}

type Lock = Readonly<{ packages: Readonly<Record<string, { version?: string }>> }>

/** Every installed copy that is older than it may be, as a sentence; also those deep in the tree. */
export function belowFloor(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([path, { version }]) => {
    const floor = floors[path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)]
    if (!path || !floor || !version || !isOlder(version, floor)) return []
    return [`${path} is ${version}, needs ${floor} or newer`]
  })
}

/** A pre-release comes before its release. */
export function isOlder(version: string, floor: string): boolean {
  const [numbers = '', preRelease] = version.split('+', 1)[0]?.split(/-(.*)/) ?? []
  const parts = numbers.split('.').map(Number)
  const least = floor.split('.').map(Number)
  for (const [index, wanted] of least.entries()) {
    const has = parts[index] ?? 0
    if (has !== wanted) return has < wanted
  }
  return preRelease !== undefined
}

if (import.meta.main) {
  const lock = JSON.parse(
    readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
  ) as Lock
  const faults = belowFloor(lock)
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
}
