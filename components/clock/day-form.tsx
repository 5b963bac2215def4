'use client'

import { useTranslations } from 'next-intl'
import { z } from 'zod'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useZodForm } from '#components/form/use-zod-form.ts'
import type { CivilDate } from '#server/kernel/civil.ts'

type Props = Readonly<{
  disabledReason: string | undefined
  loading: boolean
  onSubmit: (to: { to: CivilDate }) => void
}>

const zDay = z.object({ to: z.iso.date().transform((day) => day as CivilDate) })

/** "To a date": whether that day can be moved to is said by the server. */
export function DayForm({ disabledReason, loading, onSubmit }: Props) {
  const t = useTranslations('clock')
  const form = useZodForm(zDay, { defaultValues: { to: '' } })

  return (
    <Form
      form={form}
      onSubmit={onSubmit}
      submitError={undefined}
      loading={loading}
      className="flex flex-wrap items-end gap-2"
    >
      <div className="w-48">
        <TextField name="to" type="date" autoComplete="off" label={t('to')} />
      </div>
      <SubmitButton variant="secondary" disabledReason={disabledReason}>
        {t('go')}
      </SubmitButton>
    </Form>
  )
}
