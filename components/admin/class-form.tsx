'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import type { z } from 'zod'
import { CheckboxField } from '#components/form/checkbox-field.tsx'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { MoneyField, NumberField } from '#components/form/number-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { currencies } from '#server/catalog/schema.ts'
import type { ClassView } from '#server/customers/schema.classes.ts'
import { paths } from '#server/kernel/routes.ts'
import { valuesOf, zClassForm } from './class-values.ts'
import { useChanged } from './use-changed.ts'

/** The rules of a class, each with what it does and from when; undefined is a new one. */
export function ClassForm({ found }: { found?: ClassView }) {
  const t = useTranslations('admin.classes')
  const common = useTranslations('common')
  const whyNot = useWhyNotMine()
  const form = useZodForm(zClassForm, { defaultValues: valuesOf(found) })
  const { save, pending, error } = useSave(found?.customerClass)
  const submitError = useRefusedFields(form, error, {
    'customers.class_name_taken': 'name',
    'customers.class_in_use': 'currency',
  })
  const currency = useWatch({ control: form.control, name: 'currency' }) ?? 'USD'

  return (
    <Card className="max-w-3xl">
      <Form form={form} onSubmit={save} submitError={submitError} loading={pending}>
        <FieldRow>
          <TextField
            name="name"
            label={t('name')}
            description={t('nameHint')}
            autoComplete="off"
            maxLength={60}
          />
          <SelectField
            name="currency"
            label={t('currency')}
            description={
              found?.inUse ? t('currencyFixed', { currency: found.currency }) : t('currencyHint')
            }
            autoComplete="off"
            placeholder={null}
            options={currencies.map((each) => ({
              value: each,
              label: each,
              disabled: found?.inUse && each !== found.currency,
            }))}
          />
        </FieldRow>
        <Tax />
        <Invoices />
        <WhenNobodyPays currency={currency} />
        <FormActions>
          <LinkButton href={paths.customerClasses()} variant="ghost">
            {common('cancel')}
          </LinkButton>
          <SubmitButton disabledReason={whyNot('customers:write')}>{t('save')}</SubmitButton>
        </FormActions>
      </Form>
    </Card>
  )
}

function Tax() {
  const t = useTranslations('admin.classes')
  return (
    <>
      <div>
        <h2 className="font-semibold">{t('taxHeading')}</h2>
        <p className="text-sm text-muted">{t('taxText')}</p>
      </div>
      <FieldRow>
        <TextField
          name="taxName"
          label={t('taxName')}
          description={t('taxNameHint')}
          autoComplete="off"
          maxLength={40}
        />
        <TextField
          name="taxRate"
          label={t('taxRate')}
          description={t('taxRateHint')}
          autoComplete="off"
          inputMode="decimal"
          maxLength={7}
          suffix="%"
        />
      </FieldRow>
      <CheckboxField name="taxInclusive" description={t('taxInclusiveHint')}>
        {t('taxInclusive')}
      </CheckboxField>
    </>
  )
}

function Invoices() {
  const t = useTranslations('admin.classes')
  const days = Array.from({ length: 31 }, (_, i) => i + 1)
  return (
    <>
      <h2 className="font-semibold">{t('billHeading')}</h2>
      <FieldRow>
        <SelectField
          name="billingDay"
          label={t('billingDay')}
          description={t('billingDayHint')}
          autoComplete="off"
          placeholder={t('anniversaryOption')}
          options={days.map((day) => ({ value: String(day), label: t('dayOption', { day }) }))}
        />
        <NumberField
          name="dueDays"
          label={t('dueDays')}
          description={t('dueDaysHint')}
          suffix={t('days')}
        />
      </FieldRow>
    </>
  )
}

function WhenNobodyPays({ currency }: { currency: string }) {
  const t = useTranslations('admin.classes')
  return (
    <>
      <h2 className="font-semibold">{t('dunHeading')}</h2>
      <FieldRow>
        <TextField
          name="retryDays"
          label={t('retryDays')}
          description={t('retryDaysHint')}
          autoComplete="off"
          maxLength={60}
          suffix={t('days')}
          optional
        />
        <NumberField
          name="suspendDays"
          label={t('suspendDays')}
          description={t('suspendDaysHint')}
          suffix={t('days')}
          optional
        />
      </FieldRow>
      <FieldRow>
        <MoneyField
          name="creditLimit"
          label={t('creditLimit')}
          description={t('creditLimitHint')}
          currency={currency}
          optional
        />
        <MoneyField
          name="balanceWarning"
          label={t('balanceWarning')}
          description={t('balanceWarningHint')}
          currency={currency}
          optional
        />
      </FieldRow>
      <CheckboxField name="suspendOverLimit" description={t('suspendOverLimitHint')}>
        {t('suspendOverLimit')}
      </CheckboxField>
    </>
  )
}

function useSave(customerClass: number | undefined) {
  const t = useTranslations('admin.classes')
  const trpc = useTRPC()
  const router = useRouter()
  const changed = useChanged()
  const done = (title: string) => {
    changed({ title })
    router.push(paths.customerClasses())
  }
  // Its name is there once: asking twice is asking once, and being told so.
  const add = useMutation(
    trpc.customers.addClass.mutationOptions({
      onSuccess: (_, { name }) => done(t('added', { name })),
    }),
  )
  const edit = useMutation(
    trpc.customers.editClass.mutationOptions({
      // What it shall be, not what changes.
      trpc: { context: idempotent.context },
      onSuccess: (_, { name }) => done(t('saved', { name })),
    }),
  )
  return {
    save(values: z.output<typeof zClassForm>) {
      if (customerClass === undefined) return add.mutate(values)
      edit.mutate({ ...values, customerClass })
    },
    pending: add.isPending || edit.isPending || add.isSuccess || edit.isSuccess,
    error: add.error ?? edit.error,
  }
}
