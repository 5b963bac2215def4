import type { Operation } from '@trpc/client'

const keys = new WeakMap<Operation, string>()

/**
 * One `Idempotency-Key` an operation, the same on every attempt: an answer lost on its way back is
 * then answered again instead of done again.
 */
export function idempotencyHeaders(op: Operation): Record<string, string> {
  if (op.type !== 'mutation') return {}

  const key = keys.get(op) ?? randomKey()
  keys.set(op, key)
  return { 'idempotency-key': key }
}

/** Not `crypto.randomUUID`: browsers have it on https only, and a sandbox may be plain http. */
const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
