import { dehydrate, type QueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache, type ReactNode } from 'react'
import type { AppRouter } from './app-router.ts'
import { markAway } from './away-mark.ts'
import { HydrationBoundary } from './hydrate.tsx'
import { makeQueryClient } from './query-client.ts'
import { refusedBy } from './refusal.ts'
import { retryLink } from './retry-link.ts'

type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>

declare global {
  /** Installed by the one-process server: the same answers as over HTTP, without the wire. */
  var portico: Readonly<{ fetch: Fetch }> | undefined
}

const FORWARDED = ['cookie', 'user-agent', 'x-portico-ip', 'x-request-id', 'accept-language']

const backendUrl = () => process.env.PORTICO_BACKEND_URL ?? 'http://portico.internal'

/** The server, as the visitor of this request: their cookies, their address, their language. */
export const api = cache((): TRPCClient<AppRouter> => {
  return createTRPCClient<AppRouter>({
    links: [
      // A page may wait a little for a server that is restarting, not as long as a person would.
      retryLink({
        patience: 4_000,
        now: () => performance.now(),
        after(milliseconds, then) {
          const timer = setTimeout(then, milliseconds)
          return () => clearTimeout(timer)
        },
        waiting: () => () => {},
      }),
      httpLink({
        url: `${backendUrl()}/trpc`,
        headers: forwarded,
        // Asked for at each call: the server installs it while it starts.
        fetch: (input, init) =>
          (globalThis.portico?.fetch ?? fetch)(input as RequestInfo, {
            ...(init as RequestInit),
            cache: 'no-store',
          }),
      }),
    ],
  })
})

async function forwarded(): Promise<Record<string, string>> {
  const from = await headers()
  return Object.fromEntries(
    FORWARDED.flatMap((name) => {
      const value = from.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

const queries = cache(makeQueryClient)

/** Query options for `preload` and `queryClient()`, as `useTRPC()` gives them in the browser. */
export const trpc = (): TRPCOptionsProxy<AppRouter> =>
  createTRPCOptionsProxy<AppRouter>({ client: api(), queryClient: queries })

/** The query cache of this request. */
export const queryClient = (): QueryClient => queries()

/**
 * Hands what `queryClient()` has fetched to the client components below, so that their `useQuery`
 * starts with data.
 */
export function Hydrate({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queries())}>{children}</HydrationBoundary>
}

/**
 * The answer, or the page that says there is none: 404 for what doesn't exist or isn't yours, the
 * login for whom we don't know. Other refusals reach the nearest error page.
 */
export async function answered<T>(asked: Promise<T>, loginHref = '/login'): Promise<T> {
  try {
    return await asked
  } catch (error) {
    const kind = refusedBy(error)?.kind
    if (kind === 'not_found') notFound()
    if (kind === 'unauthenticated') redirect(loginHref)
    throw markAway(error)
  }
}
