'use client'

import { useLocale, useTranslations } from 'next-intl'
import { FilterChoice, type FilterOption } from '#components/form/filter-choice.tsx'
import { useQueryAddress } from '#components/form/use-query-address.ts'
import { addDays, formatDay } from '#server/kernel/civil.ts'
import {
  type UsagePage,
  type UsageQuery,
  usageAddressOf,
  usageQueryOf,
} from '#server/usage/schema.ts'

type Props = Readonly<{ page: UsagePage; query: UsageQuery; ofLine: boolean }>

/** Which cycle, line and service; what is chosen stands in the address. */
export function UsageFilters({ page, query, ofLine }: Props) {
  const t = useTranslations('usage')
  const locale = useLocale()
  const { pending, ask } = useQueryAddress()
  const change = (name: string, value: string) => {
    const asked = new URLSearchParams(usageAddressOf({ ...query, page: 0 }))
    asked.set(name, value)
    // Another cycle has other lines and services.
    const kept = name === 'cycle' ? { cycle: value } : Object.fromEntries(asked)
    ask(usageAddressOf(usageQueryOf(kept)))
  }
  const { cycle, cycles, totals } = page
  const lines = new Map(
    totals.map(({ account, accountName, accountId }) => [account, accountName || accountId]),
  )
  const services = new Map(totals.map(({ service, name }) => [service, name]))

  return (
    <section
      aria-label={t('filters')}
      aria-busy={pending}
      className="flex flex-wrap items-end gap-3 border-b border-separator p-3"
    >
      <FilterChoice
        label={t('cycle')}
        value={cycle.from}
        options={cycles.map((from) => ({
          value: from,
          label:
            from === cycle.from
              ? t('cycleOf', {
                  from: formatDay(from, locale),
                  to: formatDay(addDays(cycle.until, -1), locale),
                })
              : t('cycleFrom', { from: formatDay(from, locale) }),
        }))}
        onChange={(value) => change('cycle', value)}
      />
      {!ofLine && (
        <FilterChoice
          label={t('line')}
          value={String(query.account ?? '')}
          options={[{ value: '', label: t('allLines') }, ...optionsOf(lines)]}
          onChange={(value) => change('line', value)}
        />
      )}
      <FilterChoice
        label={t('service')}
        value={String(query.service ?? '')}
        options={[{ value: '', label: t('allServices') }, ...optionsOf(services)]}
        onChange={(value) => change('service', value)}
      />
    </section>
  )
}

const optionsOf = (names: ReadonlyMap<number, string>): FilterOption[] =>
  [...names].map(([id, label]) => ({ value: String(id), label }))
