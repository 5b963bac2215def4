import type { Challenge } from 'altcha-lib/types'
import type { Solved } from './proof.worker.ts'

type Ask = () => Promise<Challenge>

/** Not used when nearly over: it has to travel, too. */
const spareMs = 60_000

type Work = Readonly<{ site: string; payload: Promise<string>; until: Promise<number> }>
let work: Work | undefined

/**
 * The proof that a browser has worked for this signup: begun in the background when the payment page
 * is reached, so that it is there before it is needed. Worth one attempt.
 */
export async function proofFor(site: string, ask: Ask): Promise<string> {
  if (work?.site !== site || (await isOver(work))) work = begin(site, ask)
  const { payload } = work
  try {
    return await payload
  } catch (error) {
    dropProof()
    throw error
  }
}

/** It was spent, or refused: the next one asked for is another. */
export function dropProof(): void {
  work = undefined
}

const isOver = async ({ until }: Work) => (await until.catch(() => 0)) - spareMs < Date.now()

function begin(site: string, ask: Ask): Work {
  const challenge = ask()
  const until = challenge.then(({ parameters }) =>
    parameters.expiresAt === undefined ? Number.POSITIVE_INFINITY : parameters.expiresAt * 1000,
  )
  // Whoever waits for the payload is told; nobody else needs to be.
  until.catch(() => {})
  return { site, payload: challenge.then(solve), until }
}

async function solve(challenge: Challenge): Promise<string> {
  const { counter, derivedKey } = (await inWorker(challenge)) ?? (await here(challenge))
  return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }))
}

/** Beside the page, so that not even a slow phone stutters; undefined where that can't be. */
function inWorker(challenge: Challenge): Promise<Solved | undefined> {
  return new Promise((resolve) => {
    try {
      const worker = new Worker(new URL('./proof.worker.ts', import.meta.url), { type: 'module' })
      const end = (solved?: Solved) => {
        worker.terminate()
        resolve(solved)
      }
      worker.onmessage = ({ data }: MessageEvent<Solved | undefined>) => end(data)
      worker.onerror = (event) => {
        event.preventDefault()
        end()
      }
      worker.postMessage(challenge)
    } catch {
      resolve(undefined)
    }
  })
}

async function here(challenge: Challenge): Promise<Solved> {
  const { solveHere } = await import('./proof-solver.ts')
  return solveHere(challenge)
}
