import { sqlState } from '#db/client.ts'

type Results<Work extends readonly unknown[]> = { -readonly [K in keyof Work]: Awaited<Work[K]> }

// What PostgreSQL says to everything after the statement that failed.
const afterwards = '25P02'

/**
 * Work of one transaction that needs nothing of each other, side by side: what is sent at once is one
 * round trip. All of it ends before this does, for nothing may be under way when a transaction is over.
 *
 * @throws what failed first in the order given, and not because something else had failed
 */
export async function together<const Work extends readonly unknown[]>(
  ...work: Work
): Promise<Results<Work>> {
  const ended = await Promise.allSettled(work)
  const failed = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  if (failed.length > 0) throw failed.find((e) => sqlState(e) !== afterwards) ?? failed[0]
  return ended.map((one) => (one as PromiseFulfilledResult<unknown>).value) as Results<Work>
}
