import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'

export type Solved = Readonly<{ counter: number; derivedKey: string }>

/** Longer than the slowest phone needs for the hardest one. */
const patienceMs = 5 * 60_000

export async function solveHere(challenge: Challenge): Promise<Solved> {
  const solution = await solveChallenge({ challenge, deriveKey, timeout: patienceMs })
  if (!solution) throw new Error('The proof of work took too long.')
  return solution
}
