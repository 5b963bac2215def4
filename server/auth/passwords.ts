import { hash, verify } from '@node-rs/argon2'

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

let nobody: Promise<string> | undefined

/** Takes as long for a user who does not exist: it checks against nobody's hash. */
export async function passwordMatches(
  known: string | undefined,
  password: string,
): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const against = known ?? (await nobody)
  const matches = await inTurn(() => verify(against, password.normalize('NFKC')))
  return known !== undefined && matches
}

const common = new Set(
  'password12 password123 password1234 1234567890 12345678901 123456789012 qwertyuiop qwerty12345 iloveyou12 letmein1234 welcome1234 administrator passw0rd123 0987654321 1q2w3e4r5t 1qaz2wsx3edc'.split(
    ' ',
  ),
)

/** Listed, one character over and over, or the login itself. */
export const isTooCommon = (password: string, login: string): boolean => {
  const low = password.toLowerCase()
  return common.has(low) || /^(.)\1*$/.test(low) || low.includes(login.toLowerCase())
}
