'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import type { AppRouter } from './app-router.ts'
import { connection } from './connection.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { idempotencyHeaders } from './idempotency.ts'
import { makeQueryClient } from './query-client.ts'
import { retryLink } from './retry-link.ts'

const context = createTRPCContext<AppRouter>()

export const useTRPC = context.useTRPC
export const useTRPCClient = context.useTRPCClient

function makeClient() {
  return createTRPCClient<AppRouter>({
    links: [
      retryLink({
        patience: 20_000,
        now: () => performance.now(),
        after(milliseconds, then) {
          const timer = setTimeout(then, milliseconds)
          return () => clearTimeout(timer)
        },
        waiting: connection.wait,
      }),
      splitLink({
        condition: (op) => op.type === 'mutation',
        // One request each: a mutation has its own key, its own status and its own transaction.
        true: httpLink({ url: '/trpc', headers: ({ op }) => idempotencyHeaders(op) }),
        false: httpBatchLink({ url: '/trpc', maxURLLength: 4_000, maxItems: 10 }),
      }),
    ],
  })
}

/** What every page stands in: the query cache, the server's client, the "Reconnecting…" banner. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [trpcClient] = useState(makeClient)

  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
        <ConnectionBanner />
      </context.TRPCProvider>
    </QueryClientProvider>
  )
}
