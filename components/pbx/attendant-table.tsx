import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { TextLink } from '#components/ui/button.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { AttendantRow } from '#server/pbx/schema.menus.ts'
import { NumberLines } from './number-lines.tsx'

type Props = Readonly<{ rows: readonly AttendantRow[]; empty: ReactNode }>

/** Auto attendants, oldest first. */
export function AttendantTable({ rows, empty }: Props) {
  const t = useTranslations('pbx')
  const columns: Column<AttendantRow>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: (row) => <TextLink href={paths.autoAttendant(row.account)}>{row.name}</TextLink>,
    },
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
    { id: 'menu', header: t('columns.menu'), cell: (row) => <MenuState row={row} /> },
    {
      id: 'status',
      header: t('columns.status'),
      cell: (row) => <AccountStatusChip status={row.status} blockedBy={row.blockedBy} />,
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

/** Whether somebody has made its menu, and every key of it leads to somebody. */
function MenuState({ row: { keys, lost } }: { row: AttendantRow }) {
  const t = useTranslations('pbx.menus')
  if (keys === null) return <StatusChip tone="warning">{t('none')}</StatusChip>
  if (lost.length > 0) {
    return <StatusChip tone="danger">{t('lostCount', { count: lost.length })}</StatusChip>
  }
  return t('keyCount', { count: keys })
}
