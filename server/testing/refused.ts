import { Refusal } from '#server/kernel/errors.ts'

/** The refusal a promise ends with; anything else, an answer too, fails the test. */
export async function refused(promise: Promise<unknown>): Promise<Refusal> {
  const answer = await promise.catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
  if (answer instanceof Refusal) return answer
  throw new Error(`It was not refused: ${JSON.stringify(answer) ?? 'no answer'}`)
}

/** How many promises came to an answer, and what the others were refused with. */
export async function outcomes(promises: Promise<unknown>[]) {
  const settled = await Promise.allSettled(promises)
  const refusals: Refusal[] = []
  for (const one of settled) {
    if (one.status === 'fulfilled') continue
    if (!(one.reason instanceof Refusal)) throw one.reason
    refusals.push(one.reason)
  }
  return { done: settled.length - refusals.length, refusals }
}
