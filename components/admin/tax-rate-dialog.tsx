'use client'

import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { FieldRow, Form, SubmitButton } from '#components/form/form.tsx'
import { type Option, SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import type { TaxesView } from '#server/billing/schema.tax.ts'
import { addressRule } from '#server/kernel/address.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{
  countries: readonly Option[]
  classes: TaxesView['classes']
  today: CivilDate
}>

const text = (max: number) => z.string().trim().max(max)
const orNone = (value: string) => value || null

const zRate = z.object({
  name: text(40).min(1, { error: 'required' }),
  rate: text(10).regex(/^\d{1,2}([.,]\d{1,4})?$/, { error: 'number' }),
  country: z.string().transform(orNone),
  region: text(40).transform(orNone),
  customerClass: z.string().transform((id) => (id ? Number(id) : null)),
  validFrom: z.iso.date().transform((day) => day as CivilDate),
})

/** Opens the form of a new rate; for whom it isn't it says why. */
export function AddRateButton(props: Props) {
  const t = useTranslations('admin.taxes')
  const whyNot = useWhyNotMine()
  const [open, setOpen] = useState(false)
  return (
    <>
      <ActionButton
        variant="primary"
        disabledReason={whyNot('taxes:write')}
        onClick={() => setOpen(true)}
      >
        <Plus aria-hidden />
        {t('add')}
      </ActionButton>
      <Dialog isOpen={open} onClose={() => setOpen(false)} title={t('addTitle')} keepOnOutsideClick>
        {open && <RateForm {...props} onClose={() => setOpen(false)} />}
      </Dialog>
    </>
  )
}

function RateForm({
  countries,
  classes,
  today,
  onClose,
}: Props & Readonly<{ onClose: () => void }>) {
  const t = useTranslations('admin.taxes')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const changed = useChanged()
  const form = useZodForm(zRate, {
    defaultValues: {
      name: '',
      rate: '',
      country: '',
      region: '',
      customerClass: '',
      validFrom: today,
    },
  })
  const add = useMutation(
    trpc.taxes.add.mutationOptions({
      onSuccess: (_, { name, rate }) => {
        changed({ title: t('added', { name, rate }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, add.error, { 'tax.rate_exists': 'validFrom' })
  const country = useWatch({ control: form.control, name: 'country' })

  return (
    <Form
      form={form}
      onSubmit={(values) => add.mutate({ ...values, rate: values.rate.replace(',', '.') })}
      submitError={submitError}
      loading={add.isPending}
      className="grid gap-5 pt-2"
    >
      <FieldRow>
        <TextField
          name="name"
          label={t('name')}
          description={t('nameHint')}
          autoComplete="off"
          maxLength={40}
        />
        <TextField
          name="rate"
          label={t('rate')}
          description={t('rateHint')}
          autoComplete="off"
          inputMode="decimal"
          maxLength={10}
          suffix="%"
        />
      </FieldRow>
      <FieldRow>
        <SelectField
          name="country"
          label={t('country')}
          autoComplete="off"
          placeholder={t('anyCountry')}
          options={countries}
        />
        {country && <RegionField country={country} />}
      </FieldRow>
      <FieldRow>
        <SelectField
          name="customerClass"
          label={t('class')}
          autoComplete="off"
          placeholder={t('anyClass')}
          options={classes.map(({ customerClass, name }) => ({
            value: String(customerClass),
            label: name,
          }))}
        />
        <TextField name="validFrom" type="date" label={t('validFrom')} autoComplete="off" />
      </FieldRow>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{t('submit')}</SubmitButton>
      </div>
    </Form>
  )
}

/** Its states where its post knows them by code; else what stands in addresses. */
function RegionField({ country }: { country: string }) {
  const t = useTranslations('admin.taxes')
  const options = addressRule(country).state?.options
  return options ? (
    <SelectField
      key={country}
      name="region"
      label={t('region')}
      autoComplete="off"
      placeholder={t('anyRegion')}
      options={options.map(({ code, name }) => ({ value: code, label: name }))}
    />
  ) : (
    <TextField
      key={country}
      name="region"
      label={t('region')}
      description={t('regionHint')}
      autoComplete="off"
      maxLength={40}
      optional
    />
  )
}
