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
  const cards = { kind: 'simulator', fieldsUrl: 'https://pay.example/fields' } as const
  const policy = directives(contentSecurityPolicy('abc', cards, false))

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
    const loose = directives(contentSecurityPolicy('abc', cards, true))
    expect(loose.get('script-src')).toContain("'unsafe-eval'")
    expect(loose.get('connect-src')).toContain('ws:')
  })
})

describe('where Stripe takes the cards', () => {
  const cards = { kind: 'stripe', publishableKey: 'pk', scriptUrl: null } as const
  const policy = directives(contentSecurityPolicy('abc', cards, false))

  test('its scripts, frames and calls are let through, and nobody else’s', () => {
    const js = ['https://js.stripe.com', 'https://*.js.stripe.com']
    expect(policy.get('script-src')).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'", ...js])
    expect(policy.get('frame-src')).toEqual([...js, 'https://hooks.stripe.com'])
    expect(policy.get('connect-src')).toEqual(["'self'", 'https://api.stripe.com'])
    expect(policy.get('font-src')).toEqual(["'self'"])
  })

  test('a stand-in takes its place: then nothing is Stripe’s', () => {
    const standIn = { ...cards, scriptUrl: 'http://127.0.0.1:9/stripe.js' }
    const told = contentSecurityPolicy('abc', standIn, false)
    expect(told).not.toContain('stripe.com')
    expect(directives(told).get('frame-src')).toEqual(['http://127.0.0.1:9'])
  })
})

test('a nonce is 128 bits, and never the same again', () => {
  const nonces = Array.from({ length: 1_000 }, newNonce)
  expect(new Set(nonces).size).toBe(1_000)
  expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 16)).toBe(true)
})
