'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { z } from 'zod'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { NumberField } from '#components/form/number-field.tsx'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Card } from '#components/ui/card.tsx'
import { formatDay } from '#components/ui/format.ts'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { type BillingDayView, zSetBillingDay } from '#server/billing/schema.day.ts'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ customer: number; view: BillingDayView }>

const zDay = z.object({ day: zSetBillingDay.shape.day })

/** The day of the month a customer is billed on; another one while nothing was charged by it. */
export function BillingDay({ customer, view }: Props) {
  const t = useTranslations('admin.billingSettings')
  const locale = useLocale()
  const trpc = useTRPC()
  const changed = useChanged()
  const whyNot = useWhyNotMine()
  const form = useZodForm(zDay, { defaultValues: { day: view.day } })
  const save = useMutation(
    trpc.billing.setDay.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: (_, { day }) => changed({ title: t('daySaved', { day }) }),
    }),
  )

  return (
    <Card
      title={t('dayTitle')}
      description={t('dayText', { day: view.day, next: formatDay(locale, view.next) })}
    >
      <Form
        form={form}
        submitError={save.error}
        loading={save.isPending}
        onSubmit={({ day }) => save.mutate({ customer, day })}
      >
        <NumberField name="day" label={t('day')} description={t('dayHint')} />
        <FormActions>
          <SubmitButton
            disabledReason={whyNot('customers:write') ?? (view.charged ? t('dayFixed') : undefined)}
          >
            {t('dayChange')}
          </SubmitButton>
        </FormActions>
      </Form>
    </Card>
  )
}
