import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#server/trpc/root.ts'

/** The one place pages learn the server's shape from; types only, nothing of it is bundled. */
export type { AppRouter }

/** What a procedure takes and answers: `Outputs['accounts']['list']`. */
export type Inputs = inferRouterInputs<AppRouter>
export type Outputs = inferRouterOutputs<AppRouter>
