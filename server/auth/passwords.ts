import { hash, verify } from '@node-rs/argon2'
import { randomPassword } from '#server/runtime/secrets.ts'

// OWASP's argon2id profile: 19 MiB, two passes, one lane.
const profile = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

// At most two at once: hashing must not take the machine from everybody else.
let running = 0
const queue: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= 2) await new Promise<void>((resolve) => queue.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = queue.shift()
    if (next) next()
    else running--
  }
}

export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(password.normalize('NFKC'), profile))

export type GeneratedPassword = Readonly<{ password: string; hash: string }>

// The least that argon2id takes: what can't be found by trying needs no try to be dear.
const lightProfile = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const
const isLight = (known: string) => known.includes('$m=8,t=1,p=1$')

/**
 * A first password: 20 random letters, 115 bits, in groups to be read out. Nobody chose it, so a plain
 * one-way function keeps it (NIST SP 800-63B: from 112 bits on).
 */
export async function generatePassword(): Promise<GeneratedPassword> {
  const password = randomPassword(20).replace(/.{5}(?=.)/g, '$&-')
  return { password, hash: await hash(password, lightProfile) }
}

let nobody: Promise<string> | undefined

/**
 * Takes as long for whoever does not exist, or has a generated password: then it checks against
 * nobody's hash, which costs what a chosen one's does.
 */
export async function passwordMatches(
  known: string | undefined,
  password: string,
): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const given = password.normalize('NFKC')
  const dear = known === undefined || isLight(known) ? await nobody : known
  const matches = await inTurn(() => verify(dear, given))
  if (known === undefined) return false
  return dear === known ? matches : verify(known, given)
}
