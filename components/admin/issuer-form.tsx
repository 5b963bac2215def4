'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { AddressFields } from '#components/form/address-fields.tsx'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { type Option, SelectField } from '#components/form/select-field.tsx'
import { TextAreaField, TextField } from '#components/form/text-field.tsx'
import { useFormWithAddress } from '#components/form/use-form-with-address.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import type { Issuer, IssuerView } from '#server/billing/schema.tax.ts'
import { addressRule } from '#server/kernel/address.ts'
import { useChanged } from './use-changed.ts'

/** As the fields hold it: every one a text. */
export type IssuerValues = Record<keyof Issuer, string>

type Props = Readonly<{ view: IssuerView; countries: readonly Option[] }>

// Named here, so that the bundler leaves it out of the page.
const loadResolver = async () => (await import('./issuer-check.ts')).issuerResolver

/** Who issues the invoices, with all that a law may want to see on them. */
export function IssuerForm({ view, countries }: Props) {
  const t = useTranslations('admin.issuer')
  const label = useTranslations('form.address')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const changed = useChanged()
  const whyNot = useWhyNotMine()
  const form = useFormWithAddress<IssuerValues, Issuer>(loadResolver, valuesOf(view.issuer))
  const save = useMutation(
    trpc.taxes.setIssuer.mutationOptions({
      // What it shall be, not what changes: asking twice is asking once.
      trpc: { context: idempotent.context },
      onSuccess: () => {
        form.reset(form.getValues())
        changed({ title: t('saved') })
      },
    }),
  )
  const country = form.watch('country')

  return (
    <Form
      form={form}
      submitError={save.error}
      loading={save.isPending}
      onSubmit={(values) => save.mutate(values)}
    >
      <TextField
        name="legalName"
        label={t('legalName')}
        description={t('legalNameHint')}
        autoComplete="organization"
        maxLength={120}
      />
      <SelectField
        name="country"
        label={label('country')}
        autoComplete="country"
        options={countries}
      />
      <AddressFields rule={addressRule(country)} />
      <FieldRow>
        <TextField
          name="vatId"
          label={t('vatId')}
          description={t('vatHint')}
          optional
          autoComplete="off"
          maxLength={30}
        />
        <TextField
          name="registration"
          label={t('registration')}
          description={t('registrationHint')}
          optional
          autoComplete="off"
          maxLength={120}
        />
      </FieldRow>
      <TextField
        name="email"
        type="email"
        inputMode="email"
        label={t('email')}
        description={t('emailHint', { email: view.supportEmail })}
        optional
        autoComplete="off"
        maxLength={200}
      />
      <FieldRow>
        <TextAreaField
          name="bankDetails"
          label={t('bankDetails')}
          description={t('bankHint')}
          rows={3}
          maxLength={600}
          optional
        />
        <TextAreaField
          name="paymentTerms"
          label={t('paymentTerms')}
          description={t('termsHint')}
          rows={3}
          maxLength={600}
          optional
        />
      </FieldRow>
      <FormActions>
        <SubmitButton disabledReason={whyNot('taxes:write')}>{common('save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

const valuesOf = (issuer: Issuer | null): IssuerValues => ({
  legalName: issuer?.legalName ?? '',
  line1: issuer?.line1 ?? '',
  line2: issuer?.line2 ?? '',
  city: issuer?.city ?? '',
  state: issuer?.state ?? '',
  postalCode: issuer?.postalCode ?? '',
  country: issuer?.country ?? '',
  vatId: issuer?.vatId ?? '',
  registration: issuer?.registration ?? '',
  email: issuer?.email ?? '',
  bankDetails: issuer?.bankDetails ?? '',
  paymentTerms: issuer?.paymentTerms ?? '',
})
