import { beforeEach, expect, test, vi } from 'vitest'
import { keepCard, keptCard } from './card-kept.ts'
import { pendingPress, pressAnswered, pressKey } from './press.ts'

/** As a browser's, over a reload. */
function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    key: (n) => [...kept.keys()][n] ?? null,
    get length() {
      return kept.size
    },
  }
}

beforeEach(() => {
  vi.useRealTimers()
  vi.stubGlobal('sessionStorage', storage())
})

test('until the answer is known, pressing again, reloading or double-clicking is the same press', () => {
  const first = pressKey('panda', 'tok_first')
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(pressKey('panda', 'tok_first')).toBe(first)
  expect(pendingPress('panda')).toEqual({ key: first, cardToken: 'tok_first' })
})

test('after an answer, with another card, or on another site it is another press', () => {
  const first = pressKey('panda', 'tok_first')
  expect(pressKey('panda', 'tok_second')).not.toBe(first)

  const second = pressKey('panda', 'tok_second')
  pressAnswered('panda')
  expect(pendingPress('panda')).toBeUndefined()
  expect(pressKey('panda', 'tok_second')).not.toBe(second)
  expect(pendingPress('bamboo')).toBeUndefined()
})

test('a browser that keeps nothing can still pay', () => {
  vi.stubGlobal('sessionStorage', undefined)
  expect(pressKey('panda', 'tok_first')).toMatch(/^[0-9a-f-]{36}$/)
  expect(keptCard('panda')).toBeUndefined()
})

test('a card token is used while the gateway still knows it, and not a minute before it forgets', () => {
  vi.useFakeTimers({ now: new Date('2026-11-21T08:00:00Z') })
  keepCard('panda', 'tok_first', { brand: 'visa', last4: '4242' })
  expect(keptCard('panda')).toMatchObject({ token: 'tok_first', card: { last4: '4242' } })

  vi.setSystemTime(new Date('2026-11-21T08:13:59Z'))
  expect(keptCard('panda')).toBeDefined()
  vi.setSystemTime(new Date('2026-11-21T08:14:00Z'))
  expect(keptCard('panda')).toBeUndefined()
})

test('what somebody wrote into the storage is not taken for a card', () => {
  sessionStorage.setItem('portico:signup:panda:card', '{"token":"tok_first"}')
  expect(keptCard('panda')).toBeUndefined()
  sessionStorage.setItem('portico:signup:panda:card', 'not json')
  expect(keptCard('panda')).toBeUndefined()
})
