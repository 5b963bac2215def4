'use client'

import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { formatRoundly } from '#components/ui/format.ts'
import { Money, useMoney } from '#components/ui/money.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { Revenue } from '#server/billing/schema.revenue.ts'

/** A chart weighs more than all the rest of the page: it comes when it is looked at. */
const RevenueChart = dynamic(() => import('./revenue-chart.tsx').then((it) => it.RevenueChart), {
  ssr: false,
  loading: () => <div className="h-56 animate-shimmer rounded-[0.5rem] bg-default" />,
})

type Props = Readonly<{ months: Revenue['months']; currency: string }>

/** Month by month, as bars, and behind them as figures. */
export function RevenueMonths({ months, currency }: Props) {
  const t = useTranslations('admin.revenue')
  const locale = useLocale()
  const money = useMoney()
  const nameOf = (month: string, style: 'short' | 'long') =>
    new Intl.DateTimeFormat(locale, { month: style, year: 'numeric', timeZone: 'UTC' }).format(
      Date.parse(`${month}-15T00:00:00Z`),
    )
  const columns: Column<Revenue['months'][number]>[] = [
    {
      id: 'month',
      header: t('month'),
      primary: true,
      cell: ({ month }) => <span suppressHydrationWarning>{nameOf(month, 'long')}</span>,
    },
    {
      id: 'invoiced',
      header: t('invoiced'),
      align: 'end',
      cell: ({ invoiced }) => <Money amount={invoiced} currency={currency} />,
    },
    {
      id: 'received',
      header: t('received'),
      align: 'end',
      cell: ({ received }) => <Money amount={received} currency={currency} />,
    },
  ]

  return (
    <div className="grid gap-3">
      <ul aria-hidden className="flex flex-wrap gap-4 text-[0.8125rem] text-muted">
        <li className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-[0.125rem] bg-accent" />
          {t('invoiced')}
        </li>
        <li className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-[0.125rem] bg-success" />
          {t('received')}
        </li>
      </ul>
      <div aria-hidden className="h-56">
        <RevenueChart
          // For the height of a bar; what is owed is never reckoned with it.
          bars={months.map(({ month, invoiced, received }) => ({
            month: nameOf(month, 'short'),
            invoiced: Number(invoiced),
            received: Number(received),
          }))}
          names={{ invoiced: t('invoiced'), received: t('received') }}
          said={(value) => money(value.toFixed(5), currency)}
          saidShort={(value) => formatRoundly(locale, value, currency)}
        />
      </div>
      <details>
        <summary className="w-fit cursor-pointer rounded-[0.25rem] py-1 text-[0.8125rem] text-accent-text">
          {t('asTable')}
        </summary>
        <Table
          label={t('months')}
          columns={columns}
          rows={months.toReversed()}
          rowKey={({ month }) => month}
          empty={null}
        />
      </details>
    </div>
  )
}
