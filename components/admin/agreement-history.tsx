import { useTranslations } from 'next-intl'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { Moment } from '#components/ui/time.tsx'
import type { AgreementChange } from '#server/agreements/schema.ts'

/** Who changed the agreement, when, and from what to what. */
export function AgreementHistory({ changes }: { changes: readonly AgreementChange[] }) {
  const t = useTranslations('admin.agreement')
  const quantity = (n: number | null | undefined) =>
    n === null || n === undefined ? t('unlimited') : t('number', { quantity: n })

  const columns: Column<AgreementChange>[] = [
    {
      id: 'product',
      header: t('historyColumns.product'),
      primary: true,
      cell: ({ name }) => name,
    },
    {
      id: 'change',
      header: t('historyColumns.change'),
      cell: ({ change, before, after }) =>
        t(`changes.${change}`, { before: quantity(before), after: quantity(after) }),
    },
    { id: 'who', header: t('historyColumns.who'), cell: ({ actor }) => actor },
    { id: 'at', header: t('historyColumns.at'), cell: ({ at }) => <Moment at={at} /> },
  ]

  return (
    <Table
      label={t('historyTitle')}
      columns={columns}
      rows={changes}
      rowKey={({ id, product }) => `${id}-${product}`}
      empty={
        <EmptyState title={t('historyTitle')} action={undefined}>
          {t('historyEmpty')}
        </EmptyState>
      }
    />
  )
}
