import { describe, expect, test } from 'vitest'
import { generatePassword, hashPassword, passwordMatches } from '#server/auth/passwords.ts'
import { isTooCommon, zNewPassword } from '#server/auth/schema.ts'

test('a password is kept as argon2id with 19 MiB, two passes, one lane', async () => {
  expect(await hashPassword('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('the same password is hashed differently each time, and matches itself alone', async () => {
  const [one, two] = await Promise.all([
    hashPassword('correct horse'),
    hashPassword('correct horse'),
  ])
  expect(one).not.toBe(two)
  expect(await passwordMatches(one, 'correct horse')).toBe(true)
  expect(await passwordMatches(one, 'Correct horse')).toBe(false)
  expect(await passwordMatches(one, '')).toBe(false)
})

test('nobody’s password matches nothing, not even its own', async () => {
  expect(await passwordMatches(undefined, 'nobody has this password')).toBe(false)
})

test('it doesn’t matter how a keyboard composes a letter', async () => {
  const composed = await hashPassword('contrase\u00f1a larga')
  expect(await passwordMatches(composed, 'contrasen\u0303a larga')).toBe(true)
})

describe('a generated password', () => {
  test('is 112 bits or more, in groups that can be read out, and never the same', async () => {
    const made = await Promise.all(Array.from({ length: 50 }, generatePassword))

    for (const { password } of made)
      expect(password).toMatch(/^([a-hjkmnp-zA-HJ-NP-Z2-9]{5}-){3}[a-hjkmnp-zA-HJ-NP-Z2-9]{5}$/)
    expect(new Set(made.map(({ password }) => password)).size).toBe(50)
    expect(20 * Math.log2(54)).toBeGreaterThan(112)
  })

  test('is kept by argon2id at its least, and matches itself alone', async () => {
    const { password, hash } = await generatePassword()

    expect(hash).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/)
    expect(await passwordMatches(hash, password)).toBe(true)
    expect(await passwordMatches(hash, password.toLowerCase())).toBe(false)
    expect(await passwordMatches(hash, 'nobody has this password')).toBe(false)
  })

  test('takes as long to check as a chosen one', async () => {
    const chosen = await hashPassword('correct horse')
    const { hash } = await generatePassword()
    const timed = async (known: string) => {
      const began = performance.now()
      for (let i = 0; i < 9; i++) await passwordMatches(known, 'wrong')
      return performance.now() - began
    }
    await timed(chosen)

    // Checked lightly it would take a hundredth.
    expect(await timed(hash)).toBeGreaterThan((await timed(chosen)) / 3)
  })
})

describe('a new password', () => {
  test.each(['123456789', '', 'x'.repeat(201)])('of the wrong length is refused: %j', (text) => {
    expect(zNewPassword.safeParse(text).success).toBe(false)
  })

  test('may be long, and be a sentence in any language', () => {
    expect(zNewPassword.safeParse('x'.repeat(200)).success).toBe(true)
    expect(zNewPassword.safeParse('пароль з пробілами 🙂').success).toBe(true)
  })

  test.each([
    ['Password123', 'adam'],
    ['1234567890', 'adam'],
    ['aaaaaaaaaaaa', 'adam'],
    ['AdamAdam2026', 'adam'],
    ['demo-adam-2027', 'Demo-Adam'],
  ])('that is too easy to guess is refused: %s of %s', (password, login) => {
    expect(isTooCommon(password, login)).toBe(true)
  })

  test('that is none of these is taken', () => {
    expect(isTooCommon('correct horse battery', 'adam')).toBe(false)
  })
})
