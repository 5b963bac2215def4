'use client'

/** Server components may not import react-query's own boundary: it has no client mark everywhere. */
export { HydrationBoundary } from '@tanstack/react-query'
