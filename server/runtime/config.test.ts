import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const keys = {
  STRIPE_SECRET_KEY: 'sk_test_a',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_b',
  STRIPE_WEBHOOK_SECRET: 'whsec_c',
}

const read = (given: Record<string, string | undefined>) =>
  readConfig({ NODE_ENV: 'production', ...given })

describe('Stripe', () => {
  test('takes the cards when all its keys are there, and the simulator when none is', () => {
    expect(read(keys).stripe).toEqual({
      secretKey: 'sk_test_a',
      publishableKey: 'pk_test_b',
      webhookSecret: 'whsec_c',
      apiBase: undefined,
    })
    expect(read({ ...keys, STRIPE_API_BASE: 'http://127.0.0.1:9' }).stripe).toMatchObject({
      apiBase: 'http://127.0.0.1:9',
    })
    expect(read({}).stripe).toBeUndefined()
    expect(read({ STRIPE_SECRET_KEY: '' }).stripe).toBeUndefined()
  })

  test.each([
    ['STRIPE_SECRET_KEY'],
    ['STRIPE_PUBLISHABLE_KEY'],
    ['STRIPE_WEBHOOK_SECRET'],
  ] as const)('without %s is not started, and it is named', (missing) => {
    expect(() => read({ ...keys, [missing]: undefined })).toThrow(
      `Stripe is set up by half. Set ${missing} as well, or none.`,
    )
  })

  test('by a stand-in’s address alone is not started', () => {
    expect(() => read({ STRIPE_API_BASE: 'http://127.0.0.1:9' })).toThrow(/by half/)
  })

  test('with a live key never speaks to a stand-in, nor with a key of the other kind', () => {
    const live = { ...keys, STRIPE_SECRET_KEY: 'sk_live_a', STRIPE_PUBLISHABLE_KEY: 'pk_live_b' }
    expect(() => read({ ...live, STRIPE_API_BASE: 'http://127.0.0.1:9' })).toThrow(/stand-in/)
    expect(() => read({ ...live, STRIPE_PUBLISHABLE_KEY: 'pk_test_b' })).toThrow(/for tests/)
    expect(read(live).stripe).toMatchObject({ secretKey: 'sk_live_a' })
  })

  test.each([
    ['STRIPE_SECRET_KEY', 'pk_test_secret9'],
    ['STRIPE_WEBHOOK_SECRET', 'secret9'],
    ['STRIPE_API_BASE', 'https://secret9@stand.example/v1'],
  ])('%s that is none is named, and not repeated', (name, value) => {
    const wrong = () => read({ ...keys, [name]: value })
    expect(wrong).toThrow(name)
    expect(wrong).not.toThrow(/secret9/)
  })
})
