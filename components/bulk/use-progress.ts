'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import type { BatchView } from '#server/bulk/schema.ts'
import { files } from '#server/kernel/routes.ts'

/** Hears how far the work on a batch is, as long as there is any; the browser reconnects by itself. */
export function useProgress({ id, state }: BatchView): void {
  const trpc = useTRPC()
  const client = useQueryClient()
  const working = state === 'applying' || state === 'undoing'

  useEffect(() => {
    if (!working) return
    const { queryKey } = trpc.bulk.batch.queryFilter({ id })
    const source = new EventSource(files.progress(id))
    source.onmessage = ({ data }) => {
      const told = JSON.parse(data) as Pick<BatchView, 'state' | 'done' | 'work'>
      if (told.state === 'applying' || told.state === 'undoing') {
        client.setQueryData<BatchView>(queryKey, (known) => known && { ...known, ...told })
        return
      }
      source.close()
      void client.invalidateQueries(trpc.bulk.pathFilter())
    }
    return () => source.close()
  }, [working, id, client, trpc])
}
