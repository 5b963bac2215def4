import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { beforeEach, expect, test, vi } from 'vitest'
import { dropProof, proofFor } from './proof.ts'

const secret = 'a secret of the server'

/** As the server makes them, with less work. */
const challenge = (secondsLeft = 1_200) =>
  createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: 10,
    counter: 20,
    deriveKey,
    expiresAt: Math.floor(Date.now() / 1000) + secondsLeft,
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: secret,
  })

beforeEach(() => dropProof())

test('what the browser works out is what the server checks', async () => {
  const payload = await proofFor('panda', () => challenge())
  const proof = JSON.parse(atob(payload))
  expect(
    await verifySolution({
      ...proof,
      deriveKey,
      hmacSignatureSecret: secret,
      hmacKeySignatureSecret: secret,
    }),
  ).toMatchObject({ verified: true })
})

test('begun once, however often it is asked for, until it is spent', async () => {
  const ask = vi.fn(() => challenge())
  const [first, second] = await Promise.all([proofFor('panda', ask), proofFor('panda', ask)])
  expect(second).toBe(first)
  expect(ask).toHaveBeenCalledTimes(1)

  dropProof()
  expect(await proofFor('panda', ask)).not.toBe(first)
})

test('one that is nearly over, or for another site, is not used', async () => {
  const ask = vi.fn(() => challenge(30))
  await proofFor('panda', ask)
  await proofFor('panda', ask)
  expect(ask).toHaveBeenCalledTimes(2)

  const other = vi.fn(() => challenge())
  await proofFor('bamboo', other)
  expect(other).toHaveBeenCalledTimes(1)
})

test('a server that was away is asked again', async () => {
  await expect(proofFor('panda', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  await expect(proofFor('panda', () => challenge())).resolves.toMatch(/^[\w+/=]+$/)
})
