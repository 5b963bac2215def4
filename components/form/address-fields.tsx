'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useFormContext } from 'react-hook-form'
import type { AddressField, AddressRule } from '#server/kernel/address.ts'
import { FieldRow } from './form.tsx'
import { SelectField } from './select-field.tsx'
import { TextField } from './text-field.tsx'

type Props = Readonly<{ rule: AddressRule }>

/** Street and town as the country writes them: its fields, in its order, under its names. */
export function AddressFields({ rule }: Props) {
  const lines = rule.fields.filter((field) => field === 'line1' || field === 'line2')
  const town = rule.fields.filter((field) => field !== 'line1' && field !== 'line2')
  useStateOf(rule)

  return (
    <>
      {lines.map((field) => (
        <AddressPart key={field} field={field} rule={rule} />
      ))}
      <FieldRow>
        {town.map((field) => (
          <AddressPart key={field} field={field} rule={rule} />
        ))}
      </FieldRow>
    </>
  )
}

/** A state of one country is none of another. */
function useStateOf({ state }: AddressRule) {
  const { getValues, resetField, clearErrors } = useFormContext<Record<AddressField, string>>()
  useEffect(() => {
    const known = getValues('state')
    if (known && state?.options?.every(({ code }) => code !== known))
      resetField('state', { defaultValue: '' })
    clearErrors(['state', 'postalCode'])
  }, [state, getValues, resetField, clearErrors])
}

const autoComplete = {
  line1: 'address-line1',
  line2: 'address-line2',
  city: 'address-level2',
  state: 'address-level1',
  postalCode: 'postal-code',
} as const satisfies Record<AddressField, string>

const longest = { line1: 120, line2: 120, city: 80, state: 80, postalCode: 20 } as const

function AddressPart({ field, rule }: { field: AddressField; rule: AddressRule }) {
  const t = useTranslations('form.address')
  const label =
    field === 'state'
      ? t(`states.${rule.state?.label ?? 'region'}`)
      : field === 'postalCode'
        ? t(`postal.${rule.postalCode?.label ?? 'postalCode'}`)
        : t(field)
  const shared = {
    name: field,
    label,
    optional: !rule.required.includes(field),
    autoComplete: autoComplete[field],
  }

  const options = field === 'state' ? rule.state?.options : undefined
  if (options)
    return (
      <SelectField
        {...shared}
        options={options.map(({ code, name }) => ({ value: code, label: name }))}
      />
    )
  return (
    <TextField
      {...shared}
      maxLength={longest[field]}
      placeholder={field === 'postalCode' ? rule.postalCode?.example : undefined}
    />
  )
}
