'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useId, useTransition } from 'react'
import { addDays, formatDay } from '#server/kernel/civil.ts'
import {
  type UsagePage,
  type UsageQuery,
  usageAddressOf,
  usageQueryOf,
} from '#server/usage/schema.ts'

type Option = Readonly<{ value: string; label: string }>
type Props = Readonly<{ page: UsagePage; query: UsageQuery; ofLine: boolean }>

/** Which cycle, line and service; what is chosen stands in the address. */
export function UsageFilters({ page, query, ofLine }: Props) {
  const t = useTranslations('usage')
  const locale = useLocale()
  const router = useRouter()
  const path = usePathname()
  const [pending, startTransition] = useTransition()
  const change = (name: string, value: string) => {
    const asked = new URLSearchParams(usageAddressOf({ ...query, page: 0 }))
    asked.set(name, value)
    // Another cycle has other lines and services.
    const kept = name === 'cycle' ? { cycle: value } : Object.fromEntries(asked)
    const address = usageAddressOf(usageQueryOf(kept))
    startTransition(() => router.replace(address ? `${path}?${address}` : path, { scroll: false }))
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
      <Choice
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
        <Choice
          label={t('line')}
          value={String(query.account ?? '')}
          options={[{ value: '', label: t('allLines') }, ...optionsOf(lines)]}
          onChange={(value) => change('line', value)}
        />
      )}
      <Choice
        label={t('service')}
        value={String(query.service ?? '')}
        options={[{ value: '', label: t('allServices') }, ...optionsOf(services)]}
        onChange={(value) => change('service', value)}
      />
    </section>
  )
}

const optionsOf = (names: ReadonlyMap<number, string>): Option[] =>
  [...names].map(([id, label]) => ({ value: String(id), label }))

type ChoiceProps = Readonly<{
  label: string
  value: string
  options: readonly Option[]
  onChange: (value: string) => void
}>

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const id = useId()
  return (
    <div className="grid min-w-0 gap-1 max-sm:w-full">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        autoComplete="off"
        className="input"
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
