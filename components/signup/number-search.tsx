'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import type { NumberSearch as Found } from '#server/signup/schema.ts'

const places = ['ends', 'contains', 'starts'] as const

export type Search = Readonly<{
  city?: string
  /** Where in the number the digits stand. */
  place: (typeof places)[number]
  digits: string
}>

/** As the inventory is asked: `55` ends in it, `*55*` has it, `604*` starts with it. */
export const patternOf = ({ place, digits }: Search): string | undefined =>
  digits === '' ? undefined : { ends: digits, contains: `*${digits}*`, starts: `${digits}*` }[place]

/** Pause after the last digit before the list is asked for again, in milliseconds. */
const typingPause = 250

type Props = Readonly<{
  search: Search
  cities: Found['cities']
  onSearch: (search: Search) => void
}>

export function NumberSearch({ search, cities, onSearch }: Props) {
  const t = useTranslations('signup.numbers')

  return (
    <div className="grid gap-3">
      <fieldset className="min-w-0">
        <legend className="sr-only">{t('city')}</legend>
        <div className="flex flex-wrap gap-2">
          <CityChip
            label={t('anyCity')}
            chosen={search.city === undefined}
            onChoose={() => onSearch({ ...search, city: undefined })}
          />
          {cities.map(({ city, free }) => (
            <CityChip
              key={city}
              label={city}
              free={free}
              chosen={search.city === city}
              onChoose={() => onSearch({ ...search, city })}
            />
          ))}
        </div>
      </fieldset>
      <DigitSearch search={search} onSearch={onSearch} />
    </div>
  )
}

type ChipProps = Readonly<{ label: string; free?: number; chosen: boolean; onChoose: () => void }>

function CityChip({ label, free, chosen, onChoose }: ChipProps) {
  const t = useTranslations('signup.numbers')
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`flex h-8 cursor-pointer items-center gap-1.5 rounded-full border px-3.5 text-sm transition-colors ${
        chosen
          ? 'border-accent bg-accent font-medium text-accent-foreground'
          : 'border-border bg-surface hover:border-field-line'
      }`}
    >
      {label}
      {free !== undefined && (
        <span className={`figures text-xs ${chosen ? '' : 'text-muted'}`}>
          {free}
          <span className="sr-only"> {t('free')}</span>
        </span>
      )}
    </button>
  )
}

function DigitSearch({ search, onSearch }: Pick<Props, 'search' | 'onSearch'>) {
  const t = useTranslations('signup.numbers')
  const id = useId()
  const [typed, setTyped] = useState(search.digits)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  return (
    <fieldset className="flex max-w-sm min-w-0">
      <legend className="sr-only">{t('search')}</legend>
      <div className="relative flex-none">
        <select
          aria-label={t('where')}
          value={search.place}
          className="input rounded-e-none! border-e-0!"
          onChange={(event) => {
            const place = places.find((known) => known === event.target.value) ?? 'ends'
            onSearch({ ...search, place, digits: typed })
          }}
        >
          {places.map((place) => (
            <option key={place} value={place}>
              {t(`places.${place}`)}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-muted"
        />
      </div>
      <label htmlFor={id} className="sr-only">
        {t('digits')}
      </label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        placeholder={t('example')}
        value={typed}
        className="input figures rounded-s-none!"
        onChange={(event) => {
          const digits = event.target.value.replace(/\D/g, '')
          setTyped(digits)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => onSearch({ ...search, digits }), typingPause)
        }}
      />
    </fieldset>
  )
}
