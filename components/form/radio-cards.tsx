'use client'

import type { ReactNode } from 'react'
import { useFormContext } from 'react-hook-form'
import { FieldNotes, type FieldProps, Optional, useField } from './field.tsx'

export type RadioCard = Readonly<{
  value: string
  label: ReactNode
  description?: ReactNode
  /** At the end of the line: what it costs. */
  aside?: ReactNode
  /** Before the label: a picture of the device. */
  media?: ReactNode
  /** Why it can't be had; stays in sight. */
  disabledReason?: string
}>

type Props = FieldProps &
  Readonly<{
    options: readonly RadioCard[]
    /** Beside each other where there is room; `1` for options with a sentence. */
    columns?: 1 | 2 | 3
    hideLabel?: boolean
  }>

const grids = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-2 lg:grid-cols-3' } as const

/** One of a few, each with what there is to know about it. Native radio buttons underneath. */
export function RadioCards(props: Props) {
  const { name, label, options, columns = 1, hideLabel, optional, description } = props
  const field = useField(props)

  return (
    <fieldset data-field={name} className="min-w-0">
      <legend className={hideLabel ? 'sr-only' : 'label mb-1.5'}>
        {label}
        {optional && <Optional />}
      </legend>
      <div className={`grid grid-cols-1 gap-3 ${grids[columns]}`}>
        {options.map((option) => (
          <CardOption key={option.value} name={name} option={option} aria={field.aria} />
        ))}
      </div>
      <div className="mt-1.5 grid gap-1.5">
        <FieldNotes field={field} description={description} />
      </div>
    </fieldset>
  )
}

type CardProps = Readonly<{
  name: string
  option: RadioCard
  aria: ReturnType<typeof useField>['aria']
}>

function CardOption({ name, option, aria }: CardProps) {
  const { register } = useFormContext()
  const { value, label, description, aside, media, disabledReason } = option
  const id = `${aria.id}-${value}`

  return (
    <label
      className={`flex items-start gap-3 rounded-[0.75rem] border bg-surface p-4 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus ${
        disabledReason
          ? 'cursor-not-allowed border-border text-muted'
          : 'cursor-pointer border-border hover:border-field-line has-checked:border-accent-text has-checked:ring-1 has-checked:ring-accent-text'
      }`}
    >
      <input
        {...register(name)}
        type="radio"
        value={value}
        disabled={disabledReason !== undefined}
        aria-invalid={aria['aria-invalid']}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-more ${aria['aria-describedby'] ?? ''}`}
        className="tick mt-0.5 outline-none!"
      />
      {media && <span className="flex-none">{media}</span>}
      <span className="grid min-w-0 flex-1 gap-0.5">
        {/* Wraps where both don't fit beside each other. */}
        <span className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span id={`${id}-label`} className="font-medium">
            {label}
          </span>
          {aside && <span className="figures">{aside}</span>}
        </span>
        <span id={`${id}-more`} className="grid gap-0.5 text-sm text-muted">
          {description && <span>{description}</span>}
          {disabledReason && <span>{disabledReason}</span>}
        </span>
      </span>
    </label>
  )
}
