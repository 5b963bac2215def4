import { CalendarClock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Money } from '#components/ui/money.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { StatusChip, type Tone } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { type RunList, type RunRow, runsPerPage } from '#server/billing/schema.runs.ts'

const tones = {
  done: 'success',
  running: 'accent',
  interrupted: 'warning',
} as const satisfies Record<RunRow['state'], Tone>

type Props = Readonly<{ list: RunList; page: number; href: (page: number) => string }>

/** Runs that had something to do, newest first: whom they billed, and for how much. */
export function RunTable({ list, page, href }: Props) {
  const t = useTranslations('admin.runs')
  const columns: Column<RunRow>[] = [
    {
      id: 'began',
      header: t('columns.began'),
      primary: true,
      className: 'sm:font-normal',
      cell: ({ beganAt }) => <RelativeTime at={beganAt} />,
    },
    {
      id: 'state',
      header: t('columns.state'),
      cell: ({ state }) => <StatusChip tone={tones[state]}>{t(`states.${state}`)}</StatusChip>,
    },
    {
      id: 'customers',
      header: t('columns.customers'),
      align: 'end',
      cell: ({ customers }) => customers,
    },
    {
      id: 'invoices',
      header: t('columns.invoices'),
      align: 'end',
      cell: ({ invoices }) => invoices,
    },
    { id: 'parked', header: t('columns.parked'), align: 'end', cell: ({ parked }) => parked },
    {
      id: 'amount',
      header: t('columns.amount'),
      align: 'end',
      cell: ({ totals }) =>
        totals.length === 0 ? (
          <span className="text-muted">–</span>
        ) : (
          <div>
            {totals.map(({ currency, amount }) => (
              <Money key={currency} amount={amount} currency={currency} className="block" />
            ))}
          </div>
        ),
    },
  ]

  return (
    <Card padding="none" title={t('runs')} description={t('runsText')}>
      <Table
        label={t('runs')}
        columns={columns}
        rows={list.rows}
        rowKey={({ run }) => run}
        empty={
          <EmptyState
            icon={<CalendarClock aria-hidden />}
            title={t('emptyTitle')}
            action={undefined}
          >
            {t('emptyText')}
          </EmptyState>
        }
      />
      <Pager page={page} perPage={runsPerPage} total={list.total} href={href} />
    </Card>
  )
}
