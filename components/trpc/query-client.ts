import { defaultShouldDehydrateQuery, QueryClient } from '@tanstack/react-query'

/** Same settings on both sides, so that what the server fetched is what the browser keeps. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Fetched on the server a moment ago: not again on hydration.
        staleTime: 20_000,
        // retry-link.ts knows which errors are worth it.
        retry: false,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
      dehydrate: { shouldDehydrateQuery: defaultShouldDehydrateQuery },
    },
  })
}
