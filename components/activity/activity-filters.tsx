'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { FilterChoice, type FilterOption } from '#components/form/filter-choice.tsx'
import { SearchBox } from '#components/form/search-box.tsx'
import { useQueryAddress } from '#components/form/use-query-address.ts'
import {
  type ActivityQuery,
  activityKinds,
  addressOf,
  groupsOfActors,
  queryOf,
} from '#server/activity/schema.ts'

type Person = Readonly<{ user: number; name: string }>
type Props = Readonly<{ query: ActivityQuery; people: readonly Person[] }>

/** What the page's address asks for; a change of it is another address. */
export function ActivityFilters({ query, people }: Props) {
  const t = useTranslations('activity')
  const { pending, ask } = useQueryAddress()
  const change = (name: string, value: string) => {
    const asked = new URLSearchParams(addressOf({ ...query, cursor: null }))
    asked.set(name, value)
    ask(addressOf(queryOf(Object.fromEntries(asked))))
  }
  const kinds = ['all', ...activityKinds] as const
  const outcomes = ['all', 'done', 'denied'] as const
  const who: FilterOption[] = [
    { value: 'anybody', label: t('groups.anybody') },
    ...people.map(({ user, name }) => ({ value: String(user), label: name })),
    ...groupsOfActors.map((one) => ({ value: one, label: t(`groups.${one}`) })),
  ]

  return (
    <section
      aria-label={t('filters')}
      aria-busy={pending}
      className="grid grid-cols-2 gap-3 border-b border-separator p-3 sm:flex sm:flex-wrap sm:items-end"
    >
      <div className="col-span-2 sm:min-w-60 sm:flex-1">
        <SearchBox label={t('search')} />
      </div>
      <FilterChoice
        label={t('kind')}
        value={query.kind}
        options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(value) => change('kind', value)}
      />
      <FilterChoice
        label={t('who')}
        value={String(query.who)}
        options={who}
        onChange={(value) => change('who', value)}
      />
      <FilterChoice
        label={t('outcome')}
        value={query.outcome}
        options={outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        onChange={(value) => change('outcome', value)}
      />
      <div className="col-span-2 grid grid-cols-2 gap-3 sm:flex">
        <Day label={t('from')} value={query.from} onChange={(value) => change('from', value)} />
        <Day label={t('to')} value={query.to} onChange={(value) => change('to', value)} />
      </div>
    </section>
  )
}

type DayProps = Readonly<{
  label: string
  value: string | null
  onChange: (value: string) => void
}>

/** A half-typed day is no day yet: the address changes once it is one, or none at all. */
function Day({ label, value, onChange }: DayProps) {
  const id = useId()
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <input
        id={id}
        key={value ?? ''}
        type="date"
        autoComplete="off"
        defaultValue={value ?? ''}
        className="input min-w-0"
        onChange={(event) => event.target.validity.valid && onChange(event.target.value)}
      />
    </div>
  )
}
