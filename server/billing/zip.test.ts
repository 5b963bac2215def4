import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { fromBuffer, type ZipFile } from 'yauzl'
import { type ZipEntry, zipOf } from '#server/billing/zip.ts'

const at = new Date('2026-12-01T12:00:00Z')
const entry = (name: string, text = name): ZipEntry => ({
  name,
  at,
  bytes: async () => Buffer.from(text),
})

async function read(archive: Buffer): Promise<Map<string, string>> {
  const zip = (await promisify<Buffer, object, ZipFile>(fromBuffer)(archive, {
    lazyEntries: true,
  })) as ZipFile
  const found = new Map<string, string>()
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject).on('end', resolve)
    zip.on('entry', (one) => {
      zip.openReadStream(one, async (error, stream) => {
        if (error) return reject(error)
        found.set(one.fileName, (await buffer(stream)).toString())
        zip.readEntry()
      })
    })
    zip.readEntry()
  })
  return found
}

test('every file is in it, and two of one name are two', async () => {
  const archive = await buffer(zipOf([entry('a.pdf', 'one'), entry('a.pdf', 'two'), entry('b')]))
  expect([...(await read(archive))]).toEqual([
    ['a.pdf', 'one'],
    ['a (2).pdf', 'two'],
    ['b', 'b'],
  ])
  expect(await read(await buffer(zipOf([])))).toEqual(new Map())
})

test('a file is made when its turn has come, one at a time', async () => {
  let [making, most] = [0, 0]
  const slow = (n: number): ZipEntry => ({
    name: `${n}.pdf`,
    at,
    bytes: async () => {
      making++
      most = Math.max(most, making)
      await new Promise((resolve) => setImmediate(resolve))
      making--
      return Buffer.alloc(100_000, n)
    },
  })
  const stream = zipOf(Array.from({ length: 20 }, (_, n) => slow(n)))
  expect((await buffer(stream)).length).toBeGreaterThan(2_000_000)
  expect(most).toBe(1)
})

test('one that can’t be made ends the archive with its error', async () => {
  const broken: ZipEntry = {
    name: 'x',
    at,
    bytes: () => Promise.reject(new Error('no such invoice')),
  }
  await expect(buffer(zipOf([entry('a'), broken, entry('b')]))).rejects.toThrow('no such invoice')
})
