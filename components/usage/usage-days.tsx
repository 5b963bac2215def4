'use client'

import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { useMoney } from '#components/ui/money.tsx'
import { addDays, type CivilDate, formatDay } from '#server/kernel/civil.ts'
import type { UsagePage } from '#server/usage/schema.ts'

/** A chart weighs more than all the rest of the page: it comes when it is looked at. */
const UsageChart = dynamic(() => import('./usage-chart.tsx').then((it) => it.UsageChart), {
  ssr: false,
  loading: () => <div className="h-56 animate-shimmer rounded-[0.5rem] bg-default" />,
})

/** Each day of the cycle: what it cost, or, where nothing does, how often it was used. */
export function UsageDays({ page }: { page: UsagePage }) {
  const t = useTranslations('usage')
  const locale = useLocale()
  const money = useMoney()
  const { cycle, currency, days, totals } = page
  const names = new Map(totals.map(({ service, name }) => [service, name]))
  const services = [...new Set(days.map(({ service }) => service))]
  const costs = days.some(({ amount }) => Number(amount) > 0)
  const said = (value: number) =>
    costs ? money(value.toFixed(5), currency) : t('count', { count: value })

  const byDay = Map.groupBy(days, ({ day }) => day)
  const bars = daysOf(cycle.from, cycle.until).map((day) => ({
    day: formatDay(day, locale),
    // For the height of a bar; what is owed is never reckoned with it.
    values: services.map((service) => {
      const one = (byDay.get(day) ?? []).find((used) => used.service === service)
      return one ? (costs ? Number(one.amount) : one.records) : 0
    }),
  }))
  const label = t(costs ? 'chartCosts' : 'chartCounts')

  return (
    <figure className="grid gap-2">
      <figcaption className="text-sm text-muted">{label}</figcaption>
      <div aria-hidden className="h-56">
        <UsageChart bars={bars} names={services.map((id) => names.get(id) ?? '')} said={said} />
      </div>
      <ul className="sr-only">
        {days.map(({ day, service, amount, records }) => (
          <li key={`${day} ${service}`}>
            {formatDay(day, locale)}: {names.get(service)}, {said(costs ? Number(amount) : records)}
          </li>
        ))}
      </ul>
    </figure>
  )
}

function daysOf(from: CivilDate, until: CivilDate): CivilDate[] {
  const all: CivilDate[] = []
  for (let day = from; day < until; day = addDays(day, 1)) all.push(day)
  return all
}
