import { isUtf8 } from 'node:buffer'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const starts = (bytes: Buffer, ...mark: number[]) => mark.every((byte, i) => bytes[i] === byte)

/** Of so many bytes at its beginning: a table in UTF-16 shows its zeros at once. */
const sampled = 1_024

/**
 * What a file's text is written in: its mark, where it has one; UTF-16 shows by its zeros, and what
 * is no UTF-8 is what Windows programs write.
 */
export function encodingOf(bytes: Buffer): Encoding {
  if (starts(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8'
  if (starts(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (starts(bytes, 0xfe, 0xff)) return 'utf-16be'

  const sample = bytes.subarray(0, sampled)
  let [even, odd] = [0, 0]
  for (const [i, byte] of sample.entries()) {
    if (byte === 0 && i % 2 === 0) even++
    if (byte === 0 && i % 2 === 1) odd++
  }
  if (odd > sample.length / 8 && even === 0) return 'utf-16le'
  if (even > sample.length / 8 && odd === 0) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

/** The text of a file, slice by slice and without its mark; what can't be read is U+FFFD. */
export function* textOf(bytes: Buffer, encoding: Encoding, sliceBytes: number): Generator<string> {
  const decoder = new TextDecoder(encoding)
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    yield decoder.decode(bytes.subarray(at, at + sliceBytes), { stream: true })
  }
  const rest = decoder.decode()
  if (rest) yield rest
}
