'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useFormContext } from 'react-hook-form'
import { FieldFrame, type FieldProps, useField } from './field.tsx'

export type Option = Readonly<{ value: string; label: string; disabled?: boolean }>

type Props = FieldProps &
  Readonly<{
    options: readonly Option[]
    /** What browsers may fill in (WCAG 1.3.5): `country`, `address-level1`; `off` otherwise. */
    autoComplete: string
    /** Stands for "nothing chosen yet"; null when the first option is a fine default. */
    placeholder?: string | null
  }>

/** The platform's own list: the lightest, the most accessible, and at home on a phone. */
export function SelectField(props: Props) {
  const t = useTranslations('form')
  const field = useField(props)
  const { register } = useFormContext()
  const placeholder = props.placeholder === undefined ? t('choose') : props.placeholder

  return (
    <FieldFrame {...props} field={field}>
      <div className="relative">
        <select
          {...register(props.name)}
          {...field.aria}
          autoComplete={props.autoComplete}
          className="input"
        >
          {placeholder !== null && <option value="">{placeholder}</option>}
          {props.options.map(({ value, label, disabled }) => (
            <option key={value} value={value} disabled={disabled}>
              {label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-muted"
        />
      </div>
    </FieldFrame>
  )
}
