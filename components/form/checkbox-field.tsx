'use client'

import type { ReactNode } from 'react'
import { useFormContext } from 'react-hook-form'
import { FieldNotes, type FieldProps, useField } from './field.tsx'

type Props = Omit<FieldProps, 'label' | 'optional'> &
  Readonly<{
    /** What is true when it is ticked; may hold links. */
    children: ReactNode
    /** True for what must be ticked to go on: terms, consent. */
    required?: boolean
  }>

export function CheckboxField({ name, description, required = false, children }: Props) {
  const field = useField({ name, label: '', description, optional: !required })
  const { register } = useFormContext()

  return (
    <div data-field={name} className="grid gap-1">
      <label className="flex w-fit cursor-pointer items-start gap-3 text-sm/6">
        <input {...register(name)} {...field.aria} type="checkbox" className="tick mt-0.5" />
        <span>{children}</span>
      </label>
      <div className="grid gap-1 ps-8">
        <FieldNotes field={field} description={description} />
      </div>
    </div>
  )
}
