'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/client.tsx'
import type { BatchView } from '#server/bulk/schema.ts'
import { DryRun } from './dry-run.tsx'
import { Outcome } from './outcome.tsx'
import type { Options } from './row-grid.tsx'
import { useProgress } from './use-progress.ts'

type Props = Readonly<{ batch: BatchView; options: Options; support: string }>

/** One upload, in whatever state it is: what can be done next stands on it. */
export function BatchPage({ batch: first, options, support }: Props) {
  const trpc = useTRPC()
  const working = first.state === 'applying' || first.state === 'undoing'
  const { data: batch } = useQuery({
    ...trpc.bulk.batch.queryOptions({ id: first.id }),
    initialData: first,
    // Where the stream of events is cut off, this one still sees the end.
    refetchInterval: working ? 5_000 : false,
  })
  useProgress(batch)

  return batch.state === 'checked' ? (
    <DryRun batch={batch} options={options} />
  ) : (
    <Outcome batch={batch} support={support} />
  )
}
