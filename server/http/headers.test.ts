import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy, newNonce } from '#server/http/headers.ts'

const directives = (policy: string) =>
  new Map(
    policy.split('; ').map((directive) => {
      const [name, ...values] = directive.split(' ')
      return [name!, values]
    }),
  )

describe('what a page may do', () => {
  const policy = directives(contentSecurityPolicy('abc', 'https://pay.example', false))

  test('runs scripts of this answer’s nonce alone: none inline, none evaluated', () => {
    expect(policy.get('script-src')).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"])
  })

  test('shows one other site in a frame, the gateway, and is shown in none', () => {
    expect(policy.get('frame-src')).toEqual(['https://pay.example'])
    expect(policy.get('frame-ancestors')).toEqual(["'none'"])
  })

  test('sends, loads and connects home only', () => {
    for (const name of ['default-src', 'font-src', 'connect-src', 'form-action']) {
      expect(policy.get(name), name).toEqual(["'self'"])
    }
    expect(policy.get('object-src')).toEqual(["'none'"])
    expect(policy.get('base-uri')).toEqual(["'none'"])
    expect([...policy.values()].flat()).not.toContain('*')
  })

  test('gets what hot reload needs in development, and then only', () => {
    const loose = directives(contentSecurityPolicy('abc', 'https://pay.example', true))
    expect(loose.get('script-src')).toContain("'unsafe-eval'")
    expect(loose.get('connect-src')).toContain('ws:')
  })
})

test('a nonce is 128 bits, and never the same again', () => {
  const nonces = Array.from({ length: 1_000 }, newNonce)
  expect(new Set(nonces).size).toBe(1_000)
  expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 16)).toBe(true)
})
