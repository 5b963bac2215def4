import { setImmediate as breathe } from 'node:timers/promises'
import { SaxesParser } from 'saxes'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { notATable, workbookBroken, workbookTooLarge } from '#server/bulk/errors.ts'
import { limits } from '#server/bulk/schema.ts'
import { Refusal } from '#server/kernel/errors.ts'

/** What a part's XML is told to, names without their prefix. */
export type Hears = Readonly<{
  open?: (name: string, attributes: Record<string, string>) => void
  text?: (text: string) => void
  close?: (name: string) => void
}>

export type Parts = Readonly<{
  has(name: string): boolean
  /** Reads a part, inflating as it goes; between two chunks others have their turn. */
  read(name: string, hears: Hears): Promise<void>
  close(): void
}>

/** A workbook has some dozens; an archive of millions of names is an attack. */
const mostParts = 2_000

/** XML is a tree: ours is some ten deep. */
const deepest = 64

const inWords = (error: unknown): Error => (error instanceof Refusal ? error : workbookBroken())

/**
 * The parts of a workbook, which is a zip of XML. What all of them inflate to is counted, whatever
 * the archive says of itself.
 *
 * @throws invalid `bulk.not_a_table`, `bulk.workbook_broken`, `bulk.workbook_too_large`
 */
export async function openParts(bytes: Buffer): Promise<Parts> {
  const entries = new Map<string, Entry>()
  const zip = await fromBufferPromise(bytes, { lazyEntries: true }).catch((error: unknown) => {
    throw inWords(error)
  })
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= mostParts) throw workbookTooLarge()
      entries.set(entry.fileName, entry)
    }
  } catch (error) {
    throw inWords(error)
  }
  if (!entries.has('xl/workbook.xml')) throw notATable()

  let left: number = limits.inflated
  return {
    has: (name) => entries.has(name),
    close: () => zip.close(),
    async read(name, hears) {
      const entry = entries.get(name)
      if (!entry) throw workbookBroken()
      if (entry.uncompressedSize > left) throw workbookTooLarge()
      try {
        for await (const chunk of chunksOf(zip, entry, hears)) {
          left -= chunk
          if (left < 0) throw workbookTooLarge()
          await breathe()
        }
      } catch (error) {
        throw inWords(error)
      }
    },
  }
}

/** Gives a part to its listener, chunk by chunk; answers the size of each. */
async function* chunksOf(zip: ZipFile, entry: Entry, hears: Hears): AsyncGenerator<number> {
  const parser = new SaxesParser()
  const decoder = new TextDecoder()
  let depth = 0
  parser.on('error', (error) => {
    throw error
  })
  // No program that writes workbooks has one, and what entities it declares could be anything.
  parser.on('doctype', () => {
    throw workbookBroken()
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > deepest) throw workbookBroken()
    hears.open?.(local(name), attributes as Record<string, string>)
  })
  parser.on('text', (text) => hears.text?.(text))
  parser.on('cdata', (text) => hears.text?.(text))
  parser.on('closetag', ({ name }) => {
    depth--
    hears.close?.(local(name))
  })

  const stream = await zip.openReadStreamPromise(entry)
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    parser.write(decoder.decode(chunk, { stream: true }))
    yield chunk.length
  }
  parser.close()
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)
