import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/button.tsx'
import { Badge } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { ProductRow } from '#server/catalog/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { useFees } from './cost.ts'

/** What is sold, what it costs, and how much of it is used. */
export function ProductTable({ rows, empty }: { rows: readonly ProductRow[]; empty: ReactNode }) {
  const t = useTranslations('admin.products')
  const kinds = useTranslations('admin.kinds')
  const roles = useTranslations('admin.roles')
  const fees = useFees(t('package'))

  const columns: Column<ProductRow>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: (row) => (
        <span className="grid">
          <span className="flex flex-wrap items-center gap-x-2">
            <TextLink href={paths.product(row.product)}>{row.name}</TextLink>
            {row.archived && <Badge>{t('archived')}</Badge>}
          </span>
          <span className="text-xs font-normal text-muted">{row.description}</span>
        </span>
      ),
    },
    {
      id: 'role',
      header: t('columns.role'),
      className: 'whitespace-nowrap',
      cell: ({ role }) => roles(role),
    },
    {
      id: 'kind',
      header: t('columns.kind'),
      className: 'whitespace-nowrap',
      cell: ({ accountKind }) => kinds(accountKind),
    },
    { id: 'price', header: t('columns.price'), cell: (row) => fees(row) },
    {
      id: 'start',
      header: t('columns.start'),
      wideOnly: true,
      cell: ({ newAccounts }) => t(`starts.${newAccounts}`),
    },
    {
      id: 'agreements',
      header: t('columns.agreements'),
      align: 'end',
      wideOnly: true,
      cell: ({ agreements }) => agreements,
    },
    { id: 'used', header: t('columns.used'), align: 'end', cell: ({ used }) => used },
  ]

  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={({ product }) => product}
      empty={empty}
    />
  )
}
