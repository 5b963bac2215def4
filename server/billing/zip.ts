import { Readable } from 'node:stream'
import yazl from 'yazl'

export type ZipEntry = Readonly<{
  name: string
  /** What the archive says of when it was made. */
  at: Date
  /** Asked for when its turn has come, and not before. */
  bytes: () => Promise<Uint8Array>
}>

/**
 * Files as one archive, written while it is read: one at a time is in memory, however many there are.
 * Same names are told apart: 'a.pdf', 'a (2).pdf'. What fails to be made ends the stream with its error.
 */
export function zipOf(entries: readonly ZipEntry[]): Readable {
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  const taken = new Map<string, number>()
  for (const { name, at, bytes } of entries) {
    // PDFs are compressed already.
    zip.addReadStreamLazy(unique(name, taken), { mtime: at, compress: false }, (give) => {
      bytes().then(
        (made) => give(null, Readable.from([Buffer.from(made)])),
        (error: unknown) =>
          output.destroy(error instanceof Error ? error : new Error(String(error))),
      )
    })
  }
  zip.end()
  return output
}

function unique(name: string, taken: Map<string, number>): string {
  const n = (taken.get(name) ?? 0) + 1
  taken.set(name, n)
  return n === 1 ? name : name.replace(/(\.\w+)?$/, (ending) => ` (${n})${ending}`)
}
