'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useLocale } from 'next-intl'
import { useEffect, useRef } from 'react'
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
  useForm,
} from 'react-hook-form'
import { type $ZodType, config, type input, type output } from 'zod/v4/core'
import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { faultOf, type Issue } from './faults.ts'

// zod would compile its parsers with `new Function`, which our content security policy forbids.
config({ jitless: true })

type FormSchema = $ZodType<unknown, FieldValues>

export type ZodForm<S extends FormSchema> = UseFormReturn<input<S>, unknown, output<S>>

/**
 * A form over one of the server's schemas. Checks a field when it is left, then while it is mended;
 * messages are the catalogue's, by what is wrong (`form.errors.*`). A schema's own message is taken
 * as such a code where the catalogue has it, as a sentence otherwise.
 */
export function useZodForm<S extends FormSchema>(
  schema: S,
  { defaultValues }: { defaultValues: DefaultValues<input<S>> },
): ZodForm<S> {
  const say = useCatalogueCode('form.errors')

  const form = useForm<input<S>, unknown, output<S>>({
    resolver: zodResolver<input<S>, unknown, output<S>>(schema as never, {
      error: (issue) => {
        const { code, values } = faultOf(issue as Issue)
        return say(code, values)
      },
    }),
    defaultValues,
    mode: 'onTouched',
    // Form focuses the first bad field as the eye meets it, not as it was registered.
    shouldFocusError: false,
  })

  // What is said already is said again in the new language.
  const locale = useLocale()
  const spoken = useRef(locale)
  const { errors } = form.formState
  useEffect(() => {
    if (spoken.current === locale) return
    spoken.current = locale
    const wrong = Object.keys(errors) as FieldPath<input<S>>[]
    if (wrong.length > 0) void form.trigger(wrong)
  }, [locale, form, errors])

  return form
}
