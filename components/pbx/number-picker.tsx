'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useController } from 'react-hook-form'
import { FieldNotes, Optional, useField } from '#components/form/field.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { PhoneNumber } from '#components/ui/money.tsx'
import type { AddOptions } from '#server/pbx/schema.ts'

/** More than this are found by typing some of their digits; a few more are no reason to search. */
const SHOWN = 8
const FEW_MORE = 4

type Props = Readonly<{
  name: string
  label: string
  description: string
  numbers: AddOptions['freeNumbers']
  supportEmail: string
}>

/** Any of my free numbers: tick boxes, with a search once there are many. */
export function NumberPicker({ name, label, description, numbers, supportEmail }: Props) {
  const t = useTranslations('pbx.picker')
  const searchId = useId()
  const field = useField({ name, label, description, optional: true })
  const { field: bound } = useController({ name })
  const [text, setText] = useState('')
  const chosen = Array.isArray(bound.value) ? (bound.value as string[]) : []

  const found = numbers.filter(({ number, city }) => matches(number, city, text))
  const shown = found.length <= SHOWN + FEW_MORE ? found : found.slice(0, SHOWN)
  const toggle = (number: string) =>
    bound.onChange(
      chosen.includes(number) ? chosen.filter((each) => each !== number) : [...chosen, number],
    )

  return (
    <fieldset
      data-field
      className="grid min-w-0 gap-2"
      aria-describedby={field.aria['aria-describedby']}
    >
      <legend className="label mb-1.5">
        {label}
        <Optional />
      </legend>
      <p id={field.ids.description} className="-mt-1 text-[0.8125rem]/5 text-muted">
        {description}
      </p>
      {numbers.length === 0 ? (
        <p className="text-sm text-muted">{t('none', { email: supportEmail })}</p>
      ) : (
        <>
          <Chosen numbers={chosen} onRemove={toggle} />
          {numbers.length > SHOWN + FEW_MORE && (
            <>
              <label htmlFor={searchId} className="sr-only">
                {t('search')}
              </label>
              <input
                id={searchId}
                type="search"
                inputMode="search"
                autoComplete="off"
                placeholder={t('search')}
                value={text}
                className="input"
                onChange={(event) => setText(event.target.value)}
                // Enter here would send the form.
                onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
              />
            </>
          )}
          <ul className="grid gap-x-4 sm:grid-cols-2">
            {shown.map(({ number, city }, i) => (
              <li key={number}>
                <label className="flex min-h-9 cursor-pointer items-center gap-3 text-sm">
                  <input
                    ref={i === 0 ? bound.ref : undefined}
                    type="checkbox"
                    className="tick"
                    checked={chosen.includes(number)}
                    aria-invalid={field.invalid || undefined}
                    onChange={() => toggle(number)}
                    onBlur={bound.onBlur}
                  />
                  <PhoneNumber number={number} />
                  <span className="truncate text-muted">{city}</span>
                </label>
              </li>
            ))}
          </ul>
          <p role="status" className="text-[0.8125rem]/5 text-muted empty:hidden">
            {shown.length === 0 && t('noMatch', { text })}
            {found.length > shown.length && t('more', { count: found.length - shown.length })}
          </p>
        </>
      )}
      <FieldNotes field={field} />
    </fieldset>
  )
}

/** What is chosen stays in sight, also when the search shows others. */
function Chosen({
  numbers,
  onRemove,
}: {
  numbers: readonly string[]
  onRemove: (number: string) => void
}) {
  const t = useTranslations('pbx.picker')
  if (numbers.length === 0) return null

  return (
    <ul aria-label={t('chosen')} className="flex flex-wrap gap-2">
      {numbers.map((number) => (
        <li
          key={number}
          className="flex items-center rounded-full bg-accent-soft ps-3 text-sm text-accent-soft-foreground"
        >
          <PhoneNumber number={number} />
          <button
            type="button"
            aria-label={t('remove', { number: formatPhone(number) })}
            className="grid size-7 cursor-pointer place-items-center rounded-full hover:bg-default"
            onClick={() => onRemove(number)}
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function matches(number: string, city: string, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  const digits = wanted.replace(/[\s().+-]/g, '')
  return (
    wanted === '' ||
    city.toLowerCase().includes(wanted) ||
    (/^\d+$/.test(digits) && number.includes(digits))
  )
}
