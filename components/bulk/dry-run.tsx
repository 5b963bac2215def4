'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { BatchView, Column } from '#server/bulk/schema.ts'
import { files } from '#server/kernel/routes.ts'
import { Decide } from './decide.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { type Options, RowGrid } from './row-grid.tsx'
import { useRows } from './use-rows.ts'

type Props = Readonly<{ batch: BatchView; options: Options }>

/** What would become of the rows; faults are mended here, and then it is decided. */
export function DryRun({ batch, options }: Props) {
  const { counts } = batch.report
  const [only, setOnly] = useState<'all' | 'attention'>(
    counts.faulty + counts.over > 0 ? 'attention' : 'all',
  )
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_24rem]">
        <div className="grid min-w-0 gap-4">
          <FailureNotice batch={batch} />
          <Summary batch={batch} />
        </div>
        <Decide batch={batch} />
      </div>
      <Rows key={only} batch={batch} options={options} only={only} onOnly={setOnly} />
    </div>
  )
}

function Summary({ batch }: { batch: BatchView }) {
  const t = useTranslations('bulk.dryRun')
  const { counts, ignored } = batch.report
  const tone = counts.faulty > 0 ? 'danger' : counts.over > 0 ? 'warning' : 'success'
  return (
    <>
      <Notice tone={tone} title={t('title', { total: batch.total })} announce>
        <ul className="mt-1 list-inside list-disc">
          <li>{t('good', { count: counts.good })}</li>
          {counts.unchanged > 0 && <li>{t('unchanged', { count: counts.unchanged })}</li>}
          {counts.over > 0 && <li>{t('over', { count: counts.over })}</li>}
          {counts.faulty > 0 && <li>{t('faulty', { count: counts.faulty })}</li>}
        </ul>
      </Notice>
      {ignored.length > 0 && (
        <Notice tone="info">{t('ignored', { headings: ignored.join(', ') })}</Notice>
      )}
    </>
  )
}

type RowsProps = Props &
  Readonly<{ only: 'all' | 'attention'; onOnly: (only: 'all' | 'attention') => void }>

function Rows({ batch, options, only, onOnly }: RowsProps) {
  const t = useTranslations('bulk.grid')
  const trpc = useTRPC()
  const client = useQueryClient()
  const refusal = useRefusal()
  const { rows, hasMore, more, refresh, change, remove, failed } = useRows(batch.id, only)
  const notMine = useWhyNotMine()('bulk:write')
  const attention = batch.report.counts.faulty + batch.report.counts.over

  const judged = (answer: BatchView) => {
    client.setQueryData(trpc.bulk.batch.queryFilter({ id: batch.id }).queryKey, answer)
    return refresh()
  }
  // The same cells twice are the same as once; one after the other, as they were typed.
  const options_ = { trpc: { context: idempotent.context }, scope: { id: `bulk ${batch.id}` } }
  const mend = useMutation(trpc.bulk.mend.mutationOptions({ ...options_, onSuccess: judged }))
  const drop = useMutation(
    trpc.bulk.drop.mutationOptions({
      ...options_,
      onSuccess: (answer, { rows: [n] }) => {
        remove(n!)
        void notify({ tone: 'success', title: t('dropped', { n: n! }) })
        return judged(answer)
      },
    }),
  )
  const sentence = refusal(mend.error ?? drop.error ?? failed)

  const onMend = (n: number, column: Column, value: string) => {
    change(n, { [column]: value })
    mend.mutate({ id: batch.id, rows: [{ n, cells: { [column]: value } }] })
  }

  return (
    <Card
      padding="none"
      title={t('title')}
      description={notMine ?? (attention > 0 ? t('mendHere') : undefined)}
      actions={
        <>
          <Button
            size="sm"
            aria-pressed={only === 'attention'}
            variant={only === 'attention' ? 'secondary' : 'ghost'}
            onClick={() => onOnly('attention')}
          >
            {t('attention', { count: attention })}
          </Button>
          <Button
            size="sm"
            aria-pressed={only === 'all'}
            variant={only === 'all' ? 'secondary' : 'ghost'}
            onClick={() => onOnly('all')}
          >
            {t('all', { count: batch.total })}
          </Button>
        </>
      }
      footer={
        attention > 0 && (
          <a href={files.faults(batch.id)} download className={buttonClass({ size: 'sm' })}>
            <Download aria-hidden />
            {t('faultsFile')}
          </a>
        )
      }
    >
      {sentence && (
        <div className="px-4 pb-3">
          <Notice tone="danger" announce>
            {sentence}
          </Notice>
        </div>
      )}
      {rows.length === 0 && !hasMore ? (
        <p className="px-5 py-8 text-center text-sm text-muted">{t('nothingToMend')}</p>
      ) : (
        <RowGrid
          rows={rows}
          hasMore={hasMore}
          options={options}
          readOnly={notMine !== undefined}
          onMore={more}
          onMend={onMend}
          onDrop={(n) => drop.mutate({ id: batch.id, rows: [n] })}
        />
      )}
    </Card>
  )
}
