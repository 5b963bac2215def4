'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { get, type RegisterOptions, useFormContext, useFormState } from 'react-hook-form'
import { useCatalogueCode } from '#components/trpc/use-refusal.ts'

/** What every field says about itself. */
export type FieldProps = Readonly<{
  /** Path in the form's values: `address.city`. */
  name: string
  label: string
  /** What it is for, or how to write it; stands there before it goes wrong. */
  description?: ReactNode
  /** Fields are needed unless said otherwise, and the few that aren't say so. */
  optional?: boolean
}>

/** Ids and state that tie an input to its label, description and error. */
export function useField({ name, description, optional }: FieldProps) {
  const id = useId()
  const { control, getFieldState } = useFormContext()
  const state = useFormState({ control, name })
  const say = useCatalogueCode('form.errors')
  const { error, invalid } = getFieldState(name, state)
  const message = error?.message && (say(error.message, {}) ?? error.message)
  const ids = { input: id, description: `${id}-description`, error: `${id}-error` }

  return {
    ids,
    invalid,
    error: invalid ? (message ?? say('invalid', {})) : undefined,
    aria: {
      id,
      'aria-invalid': invalid || undefined,
      'aria-required': !optional || undefined,
      'aria-describedby':
        [invalid && ids.error, description && ids.description].filter(Boolean).join(' ') ||
        undefined,
    },
  }
}

type Box = HTMLInputElement | HTMLTextAreaElement

/**
 * Registers a box of text. The server writes its value, so that nothing appears late; what a
 * visitor has typed before this script runs differs from it, and stays.
 */
export function useTextBox(name: string, options?: RegisterOptions) {
  const { register, setValue, formState } = useFormContext()
  const { ref, ...rest } = register(name, options)

  return {
    ...rest,
    defaultValue: get(formState.defaultValues, name) as string | undefined,
    ref(box: Box | null) {
      const typed = box && box.value !== box.defaultValue ? box.value : undefined
      ref(box)
      if (typed !== undefined && box?.value !== typed) setValue(name, typed, { shouldDirty: true })
    },
  }
}

type FrameProps = FieldProps &
  Readonly<{ field: ReturnType<typeof useField>; children: ReactNode; className?: string }>

/** Label, input, description, error: in one place, so that all fields are alike. */
export function FieldFrame({
  field,
  name,
  label,
  description,
  optional,
  children,
  className,
}: FrameProps) {
  return (
    <div data-field={name} className={`grid content-start gap-1.5 ${className ?? ''}`}>
      <label htmlFor={field.ids.input} className="label w-fit">
        {label}
        {optional && <Optional />}
      </label>
      {children}
      <FieldNotes field={field} description={description} />
    </div>
  )
}

export function Optional() {
  const t = useTranslations('common')
  return <span className="ms-1.5 font-normal text-muted">({t('optional')})</span>
}

type NotesProps = Readonly<{ field: ReturnType<typeof useField>; description?: ReactNode }>

export function FieldNotes({ field, description }: NotesProps) {
  return (
    <>
      {field.error && (
        <p
          id={field.ids.error}
          className="flex items-start gap-1.5 text-[0.8125rem]/5 text-danger-text"
        >
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 flex-none" />
          {field.error}
        </p>
      )}
      {description && (
        <div id={field.ids.description} className="text-[0.8125rem]/5 text-muted">
          {description}
        </div>
      )}
    </>
  )
}
