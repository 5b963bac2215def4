import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/button.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { GroupRow } from '#server/pbx/schema.groups.ts'

type Props = Readonly<{ rows: readonly GroupRow[]; empty: ReactNode }>

/** Hunt groups by name, how they ring, and how many do. */
export function GroupTable({ rows, empty }: Props) {
  const t = useTranslations('pbx.groups')
  const columns: Column<GroupRow>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: (row) => <TextLink href={paths.huntGroup(row.group)}>{row.name}</TextLink>,
    },
    { id: 'mode', header: t('columns.mode'), cell: (row) => t(`modes.${row.mode}`) },
    {
      id: 'seconds',
      header: t('columns.seconds'),
      cell: (row) => t(`rings.${row.mode}`, { seconds: row.ringSeconds }),
    },
    {
      id: 'members',
      header: t('columns.members'),
      align: 'end',
      cell: (row) =>
        row.members > 0 ? row.members : <StatusChip tone="warning">{t('nobody')}</StatusChip>,
    },
  ]

  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.group}
      empty={empty}
    />
  )
}
