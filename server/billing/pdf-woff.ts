import { inflateSync } from 'node:zlib'

/** Sizes in the W3C's recommendation "WOFF File Format 1.0". */
const [woffHeader, woffEntry, sfntHeader, sfntEntry] = [44, 20, 12, 16]

/**
 * A font unpacked from the form it is sent to browsers in. Whoever draws with it would unpack it anew
 * for each document, which takes ten times as long as drawing.
 */
export function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, n) => {
    const at = woffHeader + n * woffEntry
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field))
    const bytes = woff.subarray(offset, offset! + packed!)
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      bytes: packed === length ? bytes : inflateSync(bytes),
    }
  })

  const selector = Math.floor(Math.log2(count))
  const range = 2 ** selector * sfntEntry
  const head = Buffer.alloc(sfntHeader + count * sfntEntry)
  woff.copy(head, 0, 4, 8)
  for (const [n, value] of [count, range, selector, count * sfntEntry - range].entries())
    head.writeUInt16BE(value, 4 + n * 2)

  const parts: Buffer[] = [head]
  let offset = head.length
  for (const [n, { tag, checksum, bytes }] of tables.entries()) {
    const at = sfntHeader + n * sfntEntry
    tag.copy(head, at)
    for (const [field, value] of [checksum, offset, bytes.length].entries())
      head.writeUInt32BE(value, at + 4 + field * 4)
    // Tables begin at multiples of four.
    const padded = Math.ceil(bytes.length / 4) * 4
    parts.push(bytes, Buffer.alloc(padded - bytes.length))
    offset += padded
  }
  return Buffer.concat(parts)
}
