'use client'

import type { CountryCode } from 'libphonenumber-js/min'
import { useState } from 'react'
import { useController } from 'react-hook-form'
import { formatPhone } from '#components/ui/format.ts'
import { FieldFrame, type FieldProps, useField } from './field.tsx'

type Props = FieldProps &
  Readonly<{
    /** Whose national way of writing is understood: the country of the address above. */
    country: string | undefined
  }>

// The world's numbering plans (80 kB) come when somebody starts to type a number.
const numberingPlans = () => import('libphonenumber-js/min')

/** Any way people write a phone number; kept as `+16045550123`, shown grouped once it is whole. */
export function PhoneField(props: Props) {
  const field = useField(props)
  const { field: bound } = useController({ name: props.name })
  const [typed, setTyped] = useState<string>()

  async function tidy(text: string) {
    const { parsePhoneNumberFromString } = await numberingPlans()
    const number = parsePhoneNumberFromString(text, props.country as CountryCode | undefined)
    if (!number?.isPossible()) return

    bound.onChange(number.number)
    setTyped(number.formatInternational())
  }

  return (
    <FieldFrame {...props} field={field}>
      <input
        {...field.aria}
        ref={bound.ref}
        name={bound.name}
        type="tel"
        dir="ltr"
        autoComplete="tel"
        value={typed ?? formatPhone(String(bound.value ?? ''))}
        onFocus={() => void numberingPlans()}
        onChange={(event) => {
          setTyped(event.target.value)
          bound.onChange(event.target.value)
        }}
        onBlur={async (event) => {
          await tidy(event.target.value)
          bound.onBlur()
        }}
        className="input figures text-start"
      />
    </FieldFrame>
  )
}
