'use client'

import { useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/button.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { BatchView } from '#server/bulk/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { BatchStateChip } from './batch-state.tsx'

/** What was uploaded before, and where each stands. */
export function UploadList({ batches }: { batches: readonly BatchView[] }) {
  const t = useTranslations('bulk.list')
  const columns: Column<BatchView>[] = [
    {
      id: 'file',
      header: t('file'),
      primary: true,
      cell: (batch) => <TextLink href={paths.upload(batch.id)}>{batch.fileName}</TextLink>,
    },
    { id: 'state', header: t('state'), cell: ({ state }) => <BatchStateChip state={state} /> },
    {
      id: 'rows',
      header: t('rows'),
      align: 'end',
      cell: ({ total, made }) => (made > 0 ? t('made', { made, total }) : total),
    },
    { id: 'by', header: t('by'), cell: ({ by }) => by },
    { id: 'at', header: t('at'), cell: ({ at }) => <RelativeTime at={at} /> },
  ]
  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={batches}
      rowKey={({ id }) => id}
      empty={<p className="px-5 py-8 text-center text-sm text-muted">{t('none')}</p>}
    />
  )
}
