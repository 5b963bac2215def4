import type { Challenge } from 'altcha-lib/types'
import { type Solved, solveHere } from './proof-solver.ts'

export type { Solved }

/** Works beside the page. What fails here is tried once more there. */
addEventListener('message', async ({ data }: MessageEvent<Challenge>) => {
  postMessage(await solveHere(data).catch((): Solved | undefined => undefined))
})
