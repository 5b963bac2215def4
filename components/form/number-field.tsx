'use client'

import type { ReactNode } from 'react'
import { useFormContext } from 'react-hook-form'
import { FieldFrame, type FieldProps, useField } from './field.tsx'

type NumberProps = FieldProps & Readonly<{ suffix?: ReactNode; placeholder?: string }>

/**
 * A count. A text input with a numeric keyboard: `type="number"` changes by scrolling and swallows
 * what it can't read. Empty is null.
 */
export function NumberField(props: NumberProps) {
  const field = useField(props)
  const { register } = useFormContext()

  return (
    <FieldFrame {...props} field={field}>
      <div className="relative">
        <input
          {...register(props.name, { setValueAs: asNumber })}
          {...field.aria}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          placeholder={props.placeholder}
          className="input figures"
        />
        {props.suffix && <Unit>{props.suffix}</Unit>}
      </div>
    </FieldFrame>
  )
}

/** What isn't a number stays as typed, for the schema to say so and the person to mend it. */
const asNumber = (typed: unknown) => {
  if (typeof typed !== 'string') return typed
  const text = typed.trim()
  if (text === '') return null
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : typed
}

type MoneyProps = FieldProps & Readonly<{ currency: string; placeholder?: string }>

/** An amount, kept as the decimal string that was typed: money is never a float. */
export function MoneyField(props: MoneyProps) {
  const field = useField(props)
  const { register } = useFormContext()

  return (
    <FieldFrame {...props} field={field}>
      <div className="relative">
        <input
          {...register(props.name, { setValueAs: asAmount })}
          {...field.aria}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          placeholder={props.placeholder ?? (props.optional ? undefined : '0.00')}
          className="input figures pe-14"
        />
        <Unit>{props.currency}</Unit>
      </div>
    </FieldFrame>
  )
}

/** "12,5" is how half the world writes 12.5; with both signs present nothing is guessed. */
const asAmount = (typed: unknown) => {
  if (typeof typed !== 'string') return typed
  const text = typed.trim()
  return /^\d+,\d{1,2}$/.test(text) ? text.replace(',', '.') : text
}

function Unit({ children }: { children: ReactNode }) {
  return (
    <span className="pointer-events-none absolute inset-y-0 end-3 flex items-center text-sm text-muted">
      {children}
    </span>
  )
}
