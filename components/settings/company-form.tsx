'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { AddressFields } from '#components/form/address-fields.tsx'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { PhoneField } from '#components/form/phone-field.tsx'
import { type Option, SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useFormWithAddress } from '#components/form/use-form-with-address.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { notify } from '#components/ui/toast.tsx'
import type { CompanyView, Contact, EditCompany } from '#server/customers/schema.contact.ts'
import { addressRule } from '#server/kernel/address.ts'

/** As the fields hold it: every one a text. */
export type CompanyValues = Record<keyof Contact, string>

type Props = Readonly<{
  contact: CompanyView['contact']
  countries: readonly Option[]
}>

// Named here, so that the bundler leaves it out of the page.
const loadResolver = async () => (await import('./company-check.ts')).companyResolver

/** Whom to call and where they are, as the country writes it. */
export function CompanyForm({ contact, countries }: Props) {
  const t = useTranslations('settings.company')
  const label = useTranslations('form.address')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const router = useRouter()
  const form = useFormWithAddress<CompanyValues, EditCompany>(loadResolver, valuesOf(contact))
  const save = useMutation(
    trpc.customers.editCompany.mutationOptions({
      // What it shall be, not what changes: asking twice is asking once.
      trpc: { context: idempotent.context },
      onSuccess() {
        form.reset(form.getValues())
        notify({ tone: 'success', title: t('saved') })
        router.refresh()
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
      <FieldRow>
        <TextField
          name="firstName"
          label={label('firstName')}
          autoComplete="given-name"
          maxLength={60}
        />
        <TextField
          name="lastName"
          label={label('lastName')}
          autoComplete="family-name"
          maxLength={60}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          name="email"
          type="email"
          inputMode="email"
          label={label('email')}
          autoComplete="email"
          maxLength={200}
        />
        <PhoneField name="phone" label={label('phone')} country={country} />
      </FieldRow>
      <SelectField
        name="country"
        label={label('country')}
        autoComplete="country"
        placeholder={null}
        options={countries}
      />
      <AddressFields rule={addressRule(country)} />
      <TextField
        name="vatId"
        label={label('vatId')}
        description={label('vatWhy')}
        optional
        autoComplete="off"
        maxLength={30}
      />
      <FormActions>
        <SubmitButton>{common('save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

const valuesOf = (contact: CompanyView['contact']): CompanyValues => ({
  firstName: contact.firstName ?? '',
  lastName: contact.lastName ?? '',
  vatId: contact.vatId ?? '',
  email: contact.email ?? '',
  phone: contact.phone ?? '',
  country: contact.country ?? '',
  line1: contact.line1 ?? '',
  line2: contact.line2 ?? '',
  city: contact.city ?? '',
  state: contact.state ?? '',
  postalCode: contact.postalCode ?? '',
})
