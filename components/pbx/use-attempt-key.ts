'use client'

import { useRef } from 'react'

/**
 * A key for what is about to be sent: the same for the same contents, so that a second press after
 * a lost answer is answered again instead of done again; another for other contents.
 */
export function useAttemptKey(): { keyFor: (contents: unknown) => string } {
  const last = useRef<{ contents: string; key: string }>(undefined)
  return {
    keyFor(contents) {
      const text = JSON.stringify(contents)
      if (last.current?.contents !== text) last.current = { contents: text, key: randomUuid() }
      return last.current.key
    },
  }
}

/** RFC 9562, version 4. Not `crypto.randomUUID`: browsers have it on https only. */
export function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
