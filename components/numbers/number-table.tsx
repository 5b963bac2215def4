import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/button.tsx'
import { PhoneNumber } from '#components/ui/money.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { PlacedNumber } from '#server/accounts/schema.ts'
import { paths } from '#server/kernel/routes.ts'

type ReachedAccount = NonNullable<PlacedNumber['account']>

type Props = Readonly<{
  rows: readonly PlacedNumber[]
  /** How the phone of a line is set up. */
  phoneOf: (line: ReachedAccount, number: string) => ReactNode
  empty: ReactNode
}>

/** My numbers, and whom each one reaches. */
export function NumberTable({ rows, phoneOf, empty }: Props) {
  const t = useTranslations('numbers')
  const columns: Column<PlacedNumber>[] = [
    {
      id: 'number',
      header: t('columns.number'),
      primary: true,
      cell: (row) => <PhoneNumber number={row.number} />,
    },
    {
      id: 'city',
      header: t('columns.city'),
      cell: (row) => [row.city, row.region].filter(Boolean).join(', '),
    },
    {
      id: 'reaches',
      header: t('columns.reaches'),
      cell: ({ account }) =>
        account ? (
          <Reached account={account} />
        ) : (
          <StatusChip tone="neutral">{t('unassigned')}</StatusChip>
        ),
    },
    {
      id: 'accountId',
      header: t('columns.accountId'),
      wideOnly: true,
      cell: ({ account }) => (
        <span className="figures text-muted">{account?.accountId ?? '–'}</span>
      ),
    },
  ]
  // Extensions have theirs where they are; a line is shown here alone.
  if (rows.some(isLine)) {
    columns.push({
      id: 'phone',
      header: t('columns.phone'),
      align: 'end',
      cell: ({ account, number }) => account?.kind === 'line' && phoneOf(account, number),
    })
  }

  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.number}
      empty={empty}
    />
  )
}

export const isLine = ({ account }: PlacedNumber): boolean => account?.kind === 'line'

function Reached({ account }: { account: ReachedAccount }) {
  const t = useTranslations('numbers.kinds')
  const words = [t(account.kind), account.name].filter(Boolean).join(' · ')
  if (account.kind === 'extension') {
    return (
      <TextLink href={`${paths.extensions()}?q=${encodeURIComponent(account.accountId)}`}>
        {words}
      </TextLink>
    )
  }
  if (account.kind === 'auto_attendant') {
    return <TextLink href={paths.autoAttendants()}>{words}</TextLink>
  }
  return words
}
