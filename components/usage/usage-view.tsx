'use client'

import { PhoneCall } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Money, PhoneNumber } from '#components/ui/money.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { paths } from '#server/kernel/routes.ts'
import {
  recordsPerPage,
  type UsagePage,
  type UsageQuery,
  type UsageRecord,
  usageAddressOf,
} from '#server/usage/schema.ts'
import { Started } from './started.tsx'
import { UsageDays } from './usage-days.tsx'
import { UsageFilters } from './usage-filters.tsx'
import { UsageTotals } from './usage-totals.tsx'
import { useQuantity } from './use-quantity.ts'

type Props = Readonly<{
  page: UsagePage
  query: UsageQuery
  /** For the user of one line: nothing to choose between lines. */
  ofLine: boolean
}>

/** What was used in a billing cycle: what it comes to, day by day, and each record of it. */
export function UsageView({ page, query, ofLine }: Props) {
  const t = useTranslations('usage')
  const { currency, cycle, totals } = page

  return (
    <>
      <PageHeader
        title={t(ofLine ? 'titleOfLine' : 'title')}
        description={t(cycle.open ? 'textOpen' : 'textBilled', { timeZone: page.timeZone })}
      />
      <div className="grid gap-6">
        <Card padding="none">
          <UsageFilters page={page} query={query} ofLine={ofLine} />
          {totals.length === 0 ? (
            <EmptyState icon={<PhoneCall aria-hidden />} title={t('emptyTitle')} action={undefined}>
              {t('emptyText')}
            </EmptyState>
          ) : (
            <UsageTotals totals={totals} currency={currency} ofLine={ofLine} />
          )}
        </Card>
        {page.days.length > 0 && (
          <Card title={t('daysTitle')}>
            <UsageDays page={page} />
          </Card>
        )}
        {totals.length > 0 && (
          <Card title={t('recordsTitle')} padding="none">
            <Records page={page} query={query} ofLine={ofLine} />
          </Card>
        )}
      </div>
    </>
  )
}

function Records({ page, query, ofLine }: Props) {
  const t = useTranslations('usage')
  const quantity = useQuantity()
  const { currency, timeZone, records } = page

  const line: Column<UsageRecord> = {
    id: 'line',
    header: t('columns.line'),
    cell: (row) => row.accountName || row.accountId,
  }
  const columns: Column<UsageRecord>[] = [
    {
      id: 'at',
      header: t('columns.at'),
      primary: true,
      cell: ({ at }) => <Started at={at} timeZone={timeZone} />,
    },
    ...(ofLine ? [] : [line]),
    { id: 'service', header: t('columns.service'), cell: ({ name }) => name },
    {
      id: 'destination',
      header: t('columns.destination'),
      cell: ({ destination }) => (destination ? <PhoneNumber number={destination} /> : '–'),
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
      cell: ({ amount }) => <Money amount={amount} currency={currency} allPlaces />,
    },
  ]
  const href = (n: number) => {
    const address = usageAddressOf({ ...query, page: n })
    return address ? `${paths.usage()}?${address}` : paths.usage()
  }

  return (
    <>
      <Table
        label={t('recordsTitle')}
        columns={columns}
        rows={records}
        rowKey={({ id }) => id}
        empty={<p className="px-4 py-8 text-center text-sm text-muted sm:px-5">{t('noneFound')}</p>}
      />
      <Pager page={query.page} perPage={recordsPerPage} total={page.total} href={href} />
    </>
  )
}
