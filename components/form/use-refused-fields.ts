'use client'

import { useEffect } from 'react'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { refusedBy } from '#components/trpc/refusal.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'

/**
 * Puts refusals that are about one field at that field, by their code. Returns what is left for
 * the form's own notice.
 */
export function useRefusedFields<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  error: unknown,
  fieldOf: Readonly<Record<string, FieldPath<Input>>>,
): unknown {
  const sentence = useRefusal()
  const field = fieldOf[refusedBy(error)?.code ?? '']

  // Once for each error.
  useEffect(() => {
    if (!field) return
    form.setError(field, { type: 'server', message: sentence(error) }, { shouldFocus: true })
  }, [error])

  return field ? undefined : error
}
