'use client'

import { useTranslations } from 'next-intl'
import { Money } from '#components/ui/money.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { money, sum, toDecimal } from '#server/kernel/money.ts'
import type { UsageTotal } from '#server/usage/schema.ts'
import { useQuantity } from './use-quantity.ts'

type Props = Readonly<{ totals: readonly UsageTotal[]; currency: string; ofLine: boolean }>

/** What a cycle comes to, by line and service. */
export function UsageTotals({ totals, currency, ofLine }: Props) {
  const t = useTranslations('usage')
  const quantity = useQuantity()

  const line: Column<UsageTotal> = {
    id: 'line',
    header: t('columns.line'),
    primary: true,
    cell: ({ accountName, accountId }) => (
      <>
        {accountName || accountId}
        {accountName && <span className="block text-xs text-muted">{accountId}</span>}
      </>
    ),
  }
  const columns: Column<UsageTotal>[] = [
    ...(ofLine ? [] : [line]),
    { id: 'service', header: t('columns.service'), primary: ofLine, cell: ({ name }) => name },
    {
      id: 'records',
      header: t('columns.records'),
      align: 'end',
      cell: ({ records }) => <span className="figures">{t('count', { count: records })}</span>,
    },
    {
      id: 'quantity',
      header: t('columns.quantity'),
      align: 'end',
      cell: (row) => <span className="figures">{quantity(row.quantity, row.unit)}</span>,
    },
    {
      id: 'amount',
      header: t('columns.amount'),
      align: 'end',
      cell: ({ amount }) => <Money amount={amount} currency={currency} />,
    },
  ]
  const all = toDecimal(sum(totals.map(({ amount }) => money(amount))))

  return (
    <>
      <Table
        label={t('totalsTitle')}
        columns={columns}
        rows={totals}
        rowKey={({ account, service }) => `${account} ${service}`}
        empty={null}
      />
      <p className="flex items-baseline justify-between gap-4 border-t border-border px-4 py-3 font-semibold sm:px-5">
        {t('sum')}
        <Money amount={all} currency={currency} />
      </p>
    </>
  )
}
