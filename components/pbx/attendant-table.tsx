import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { AttendantRow } from '#server/pbx/schema.menus.ts'
import { NumberLines } from './number-lines.tsx'

type Props = Readonly<{ rows: readonly AttendantRow[]; empty: ReactNode }>

/** Auto attendants, oldest first. */
export function AttendantTable({ rows, empty }: Props) {
  const t = useTranslations('pbx')
  const columns: Column<AttendantRow>[] = [
    { id: 'name', header: t('columns.name'), primary: true, cell: (row) => row.name },
    {
      id: 'accountId',
      header: t('columns.accountId'),
      cell: (row) => <span className="figures">{row.accountId}</span>,
    },
    { id: 'product', header: t('columns.product'), cell: (row) => row.product },
    {
      id: 'numbers',
      header: t('columns.numbers'),
      cell: (row) => <NumberLines numbers={row.numbers} />,
    },
    {
      id: 'status',
      header: t('columns.status'),
      cell: (row) => <AccountStatusChip status={row.status} />,
    },
  ]

  return (
    <Table
      label={t('attendants.title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.account}
      empty={empty}
    />
  )
}
