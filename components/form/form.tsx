'use client'

import { useLocale, useTranslations } from 'next-intl'
import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useEffect,
  useRef,
  useState,
} from 'react'
import {
  type FieldPath,
  type FieldValues,
  FormProvider,
  type UseFormReturn,
  useFormState,
} from 'react-hook-form'
import { type FieldFault, refusedBy } from '#components/trpc/refusal.ts'
import { icuValues, useCatalogueCode, useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import type { Button } from '#components/ui/button.tsx'
import { pressedEarly } from '#components/ui/early-press.ts'
import { Notice } from '#components/ui/notice.tsx'

type FormProps<Input extends FieldValues, Output> = Readonly<{
  form: UseFormReturn<Input, unknown, Output>
  onSubmit: (values: Output) => unknown
  /** The mutation's `error`. Faults of fields go to the fields, the rest is said below. */
  submitError: unknown
  /** The mutation's `isPending`. */
  loading: boolean
  children: ReactNode
  className?: string
  id?: string
}>

const Loading = createContext(false)

/** A form that can't forget: what was refused is said where it belongs, what was typed stays. */
export function Form<Input extends FieldValues, Output>({
  form,
  onSubmit,
  submitError,
  loading,
  children,
  className,
  id,
}: FormProps<Input, Output>) {
  const element = useRef<HTMLFormElement>(null)
  const refusal = useRefusal()
  const { placed, refusals } = usePlacedFaults(form, submitError, element)
  const { submitCount } = useFormState({ control: form.control })
  const isOld = useIsOld(submitError, submitCount)
  useEffect(() => pressedEarly(element.current), [])

  // Not before: fields are marked by the same render that brings these counts.
  useEffect(() => {
    if (submitCount + refusals > 0) focusFirstFault(element.current)
  }, [submitCount, refusals])

  return (
    <FormProvider {...form}>
      <form
        id={id}
        ref={element}
        // Without script a form would put what was typed into the address.
        method="post"
        noValidate
        className={className ?? 'grid gap-5'}
        onSubmit={(event) => {
          event.stopPropagation()
          if (loading) return event.preventDefault()
          return form.handleSubmit(onSubmit)(event)
        }}
      >
        <Loading value={loading}>{children}</Loading>
        {submitError !== null && submitError !== undefined && !placed && !loading && !isOld && (
          <Notice tone="danger" announce>
            {refusal(submitError)}
            <RequestId error={submitError} />
          </Notice>
        )}
      </form>
    </FormProvider>
  )
}

/** Whether the form was submitted again since, and held back: what its fields say now is newer. */
function useIsOld(submitError: unknown, submitCount: number): boolean {
  const [said, setSaid] = useState({ submitError, submitCount })
  if (said.submitError !== submitError) setSaid({ submitError, submitCount })
  return submitCount > said.submitCount
}

/** Puts the server's faults on their fields: whether every one found its field, and how often there were any. */
function usePlacedFaults<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  submitError: unknown,
  element: RefObject<HTMLFormElement | null>,
): Readonly<{ placed: boolean; refusals: number }> {
  const locale = useLocale()
  const sayFault = useCatalogueCode('form.errors')
  const sayRefusal = useCatalogueCode('refusals')
  const [placed, setPlaced] = useState(false)
  const [refusals, setRefusals] = useState(0)

  useEffect(() => {
    const faults = refusedBy(submitError)?.fields ?? []
    for (const { path, code, details = {} } of faults) {
      const values = icuValues(details, locale)
      const message = sayFault(code, values) ?? sayRefusal(code, values) ?? sayFault('invalid', {})
      form.setError(path as FieldPath<Input>, { type: 'server', message: message ?? code })
    }
    const hasField = ({ path }: FieldFault) =>
      element.current?.querySelector(`[data-field="${CSS.escape(path)}"]`)
    setPlaced(faults.length > 0 && faults.every(hasField))
    if (faults.length > 0) setRefusals((known) => known + 1)
  }, [submitError])

  return { placed, refusals }
}

function focusFirstFault(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
  field?.focus({ preventScroll: true })
  field?.closest('[data-field]')?.scrollIntoView({ block: 'nearest' })
}

/** What support finds it by; only for what nobody expected. */
function RequestId({ error }: { error: unknown }) {
  const t = useTranslations('common.failed')
  const refused = refusedBy(error)
  if (refused?.kind !== 'unexpected' || !refused.requestId) return null
  return <span className="figures block text-xs">{t('reference', { id: refused.requestId })}</span>
}

type SubmitProps = Omit<Parameters<typeof Button>[0], 'type' | 'loading'> &
  Readonly<{ disabledReason?: string }>

/** The form's button: spins while the form is sent, and takes the click of Enter. */
export function SubmitButton({ disabledReason, ...rest }: SubmitProps) {
  return (
    <ActionButton
      variant="primary"
      {...rest}
      disabledReason={disabledReason}
      type="submit"
      loading={use(Loading)}
    />
  )
}

/** The row of buttons that ends a form; what it costs stands before them. */
export function FormActions({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {note && <div className="me-auto text-sm text-muted max-sm:w-full">{note}</div>}
      {children}
    </div>
  )
}

/** Fields beside each other where there is room; each keeps at least `12rem`. */
export function FieldRow({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(12rem,100%),1fr))] items-start gap-x-4 gap-y-5">
      {children}
    </div>
  )
}
