import { notFound, redirect } from 'next/navigation'
import { refusedBy } from '#components/trpc/refusal.ts'
import { AWAY } from './away-mark.ts'
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
    if (kind === 'unavailable' || kind === 'offline') {
      // The digest is all that reaches the error page of a built application.
      throw Object.assign(new Error('The server is away.', { cause: error }), { digest: AWAY })
    }
    throw error
  }
}
