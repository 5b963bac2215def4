import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/button.tsx'
import { Money } from '#components/ui/money.tsx'
import { Badge } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { CustomerRow } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { CustomerStatus } from './customer-status.tsx'

type Props = Readonly<{ rows: readonly CustomerRow[]; empty: ReactNode }>

/** Customers, with what an administrator looks for first. */
export function CustomerTable({ rows, empty }: Props) {
  const t = useTranslations('admin.customers')
  const columns: Column<CustomerRow>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: (row) => (
        <span className="grid">
          <span className="flex flex-wrap items-center gap-x-2">
            <TextLink href={paths.customer(row.customer)}>{row.name}</TextLink>
            {row.isReseller && <Badge tone="accent">{t('reseller')}</Badge>}
          </span>
          <span className="text-xs font-normal break-all text-muted">
            {row.email ?? (row.parent && t('of', { name: row.parent.name }))}
          </span>
        </span>
      ),
    },
    {
      id: 'number',
      header: t('columns.number'),
      cell: (row) => <span className="figures">{row.customer}</span>,
    },
    {
      id: 'place',
      header: t('columns.place'),
      cell: (row) => [row.city, row.country].filter(Boolean).join(', '),
    },
    {
      id: 'accounts',
      header: t('columns.accounts'),
      align: 'end',
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
          {row.waiting > 0 && <Badge tone="warning">{t('waiting', { count: row.waiting })}</Badge>}
          {row.blocked > 0 && <Badge tone="danger">{t('blocked', { count: row.blocked })}</Badge>}
          {row.accounts}
        </span>
      ),
    },
    {
      id: 'balance',
      header: t('columns.balance'),
      align: 'end',
      cell: (row) => <Money amount={row.balance} currency={row.currency} />,
    },
    {
      id: 'status',
      header: t('columns.status'),
      cell: (row) => <CustomerStatus status={row.status} />,
    },
  ]

  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.customer}
      empty={empty}
    />
  )
}
