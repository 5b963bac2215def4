import { notFound, redirect } from 'next/navigation'
import { markAway } from '#components/trpc/away-mark.ts'
import { refusedBy } from '#components/trpc/refusal.ts'
import { theLogin } from './the-login.ts'

/**
 * What the server answers, or the page that says why not: the login for whom we don't know (and back
 * here afterwards), 404 for what doesn't exist or isn't yours, "back in a moment" while the server
 * or its database is away.
 */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const kind = refusedBy(error)?.kind
    if (kind === 'unauthenticated') redirect(await theLogin())
    if (kind === 'not_found') notFound()
    throw markAway(error)
  }
}
