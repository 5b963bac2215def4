'use client'

import { useMutation } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { z } from 'zod'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { TaxRateRow } from '#server/billing/schema.tax.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{
  rate: TaxRateRow | undefined
  today: CivilDate
  onClose: () => void
}>

/** On which day a rate ends, and what holds then. */
export function EndRateDialog({ rate, today, onClose }: Props) {
  const t = useTranslations('admin.taxes')
  const format = useFormatter()
  const percent = rate && format.number(Number(rate.rate), { maximumFractionDigits: 4 })
  return (
    <Dialog
      isOpen={rate !== undefined}
      onClose={onClose}
      title={rate ? t('endTitle', { name: rate.name, rate: percent ?? '' }) : ''}
      keepOnOutsideClick
    >
      {rate && <EndForm rate={rate} percent={percent ?? ''} today={today} onClose={onClose} />}
    </Dialog>
  )
}

const zEnd = z.object({ day: z.iso.date().transform((day) => day as CivilDate) })

type FormProps = Readonly<{
  rate: TaxRateRow
  percent: string
  today: CivilDate
  onClose: () => void
}>

function EndForm({ rate, percent, today, onClose }: FormProps) {
  const t = useTranslations('admin.taxes')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const changed = useChanged()
  const earliest = rate.validFrom > today ? rate.validFrom : today
  const form = useZodForm(zEnd, { defaultValues: { day: earliest } })
  const end = useMutation(
    trpc.taxes.end.mutationOptions({
      onSuccess: () => {
        changed({ title: t('ended', { name: rate.name, rate: percent }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, end.error, { 'tax.ends_too_early': 'day' })

  return (
    <Form
      form={form}
      onSubmit={({ day }) => end.mutate({ taxRate: rate.taxRate, day })}
      submitError={submitError}
      loading={end.isPending}
      className="grid gap-5 pt-2"
    >
      <p>{t('endText')}</p>
      <TextField name="day" type="date" label={t('endDay')} autoComplete="off" />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton variant="danger">{t('endSubmit')}</SubmitButton>
      </div>
    </Form>
  )
}
