import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/button.tsx'
import { Badge } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { SoldPackage } from '#server/catalog/schema.packages.ts'
import { paths } from '#server/kernel/routes.ts'
import { useFees } from './cost.ts'

/** What customers can hold directly, and what it costs. */
export function SoldPackageTable({
  rows,
  empty,
}: {
  rows: readonly SoldPackage[]
  empty: ReactNode
}) {
  const t = useTranslations('admin.soldPackages')
  const fees = useFees(t('free'))
  const columns: Column<SoldPackage>[] = [
    {
      id: 'name',
      header: t('name'),
      primary: true,
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-x-2">
          <TextLink href={paths.soldPackage(row.subscription)}>{row.name}</TextLink>
          {row.archived && <Badge>{t('archived')}</Badge>}
        </span>
      ),
    },
    { id: 'price', header: t('price'), cell: (row) => fees(row) },
  ]

  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={({ subscription }) => subscription}
      empty={empty}
    />
  )
}
