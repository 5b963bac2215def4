import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

export type Journal<Entry> = Readonly<{
  /** On file when it returns, so that what is answered afterwards survives a killed process. */
  append(entry: Entry): void
  close(): void
}>

/** What an interrupted process left; its last line may be torn, and was then never answered. */
export function replay<Entry>(path: string, apply: (entry: Entry) => void): void {
  if (!existsSync(path)) return
  const lines = readFileSync(path, 'utf8').split('\n')
  for (const line of lines.slice(0, -1)) apply(JSON.parse(line) as Entry)
}

/** Starts a journal from what is known, replacing the old one at once or not at all. */
export function compact<Entry>(path: string, known: Iterable<Entry>): Journal<Entry> {
  mkdirSync(dirname(path), { recursive: true })
  const text = [...known].map((entry) => `${JSON.stringify(entry)}\n`).join('')
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  const file = openSync(path, 'a', 0o600)
  return {
    append: (entry) => {
      writeSync(file, `${JSON.stringify(entry)}\n`)
    },
    close: () => closeSync(file),
  }
}
