import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  deriveSecrets,
  loadSecrets,
  newToken,
  pseudonym,
  randomPassword,
} from '#server/runtime/secrets.ts'

const secrets = deriveSecrets('one master secret, of more than thirty-two letters')
const others = deriveSecrets('another master secret, as long as the first one was')

describe('what is sealed', () => {
  test('opens again, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        expect(secrets.open(secrets.seal(text, context), context)).toBe(text)
      }),
    )
  })

  test('opens in its own context only', () => {
    const sealed = secrets.seal('sip password', 'sip:1:ph46170x4665')
    expect(() => secrets.open(sealed, 'sip:1:ph46170x4666')).toThrow()
    expect(() => secrets.open(sealed, 'sip:2:ph46170x4665')).toThrow()
  })

  test('opens with its own master secret only', () => {
    expect(() => others.open(secrets.seal('text', 'x'), 'x')).toThrow()
  })

  test('doesn’t open once a single bit was changed', () => {
    const sealed = secrets.seal('text', 'x')
    const bytes = Buffer.from(sealed.slice(3), 'base64url')
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes)
      changed[i]! ^= 1
      expect(() => secrets.open(`v1.${changed.toString('base64url')}`, 'x')).toThrow()
    }
  })

  test('with a shortened tag doesn’t open', () => {
    const bytes = Buffer.from(secrets.seal('', 'x').slice(3), 'base64url')
    for (const length of [12, 16, 20, 24, 27]) {
      const cut = bytes.subarray(0, length).toString('base64url')
      expect(() => secrets.open(`v1.${cut}`, 'x')).toThrow()
    }
  })

  test('never looks the same twice', () => {
    const sealed = Array.from({ length: 100 }, () => secrets.seal('text', 'x'))
    expect(new Set(sealed).size).toBe(100)
    expect(sealed.join()).not.toContain('text')
  })
})

test('a key is one purpose’s, the same at every start', () => {
  const again = deriveSecrets('one master secret, of more than thirty-two letters')
  expect(again.key('proof')).toBe(secrets.key('proof'))
  expect(secrets.key('proof')).toMatch(/^[0-9a-f]{64}$/)
  expect(secrets.key('next-auth')).not.toBe(secrets.key('proof'))
  expect(others.key('proof')).not.toBe(secrets.key('proof'))
})

describe('a random password', () => {
  test('has every letter of its alphabet equally often', () => {
    const counts = new Map<string, number>()
    for (const letter of randomPassword(200_000)) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    expect(counts.size).toBe(54)
    // χ² with 53 degrees of freedom is above 112 once in 300,000 runs; the first letters of a plain
    // remainder of 256 by 54 come a quarter more often, which makes it several thousand.
    const expected = 200_000 / 54
    const chi = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
    expect(chi).toBeLessThan(112)
  })

  test('has no letter that is taken for another, and as many as asked for', () => {
    expect(randomPassword()).toHaveLength(16)
    expect(randomPassword(10_000)).not.toMatch(/[0O1lIio]/)
  })
})

test('tokens are 256 bits each, and no two alike', () => {
  const tokens = Array.from({ length: 1_000 }, newToken)
  expect(new Set(tokens).size).toBe(1_000)
  expect(tokens.every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true)
})

test('a pseudonym needs the key to be guessed', () => {
  expect(pseudonym('a', 'adam@example.com')).toBe(pseudonym('a', 'adam@example.com'))
  expect(pseudonym('b', 'adam@example.com')).not.toBe(pseudonym('a', 'adam@example.com'))
})

test('the master secret is made once, for its owner’s eyes, by however many start at once', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'portico-secrets-'))
  const loaded = await Promise.all([1, 2, 3, 4].map(() => loadSecrets(dataDir, undefined)))
  expect(new Set(loaded.map((one) => one.key('x'))).size).toBe(1)
  expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(dataDir, 'secret'), 'utf8')).toHaveLength(64)
  await rm(dataDir, { recursive: true })
})
