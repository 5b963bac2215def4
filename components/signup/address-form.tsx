'use client'

import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { AddressFields } from '#components/form/address-fields.tsx'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { PhoneField } from '#components/form/phone-field.tsx'
import { type Option, SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useFormWithAddress } from '#components/form/use-form-with-address.ts'
import { idempotent } from '#components/trpc/retry-link.ts'
import { LinkButton } from '#components/ui/button.tsx'
import { addressRule } from '#server/kernel/address.ts'
import { paths } from '#server/kernel/routes.ts'
import type { Address, DraftView } from '#server/signup/schema.ts'
import { CompanyFields } from './company-fields.tsx'
import { useSite } from './site-context.tsx'
import { forget, isRecord, keep, recall } from './stored.ts'
import { useDraft, useDraftCache, useDraftChange, useGo } from './use-draft.ts'

/** As the fields hold it: every one a text. */
export type AddressValues = Record<(typeof names)[number], string>

export const names = [
  'firstName',
  'lastName',
  'companyName',
  'vatId',
  'email',
  'phone',
  'country',
  'line1',
  'line2',
  'city',
  'state',
  'postalCode',
  'timeZone',
] as const

type Props = Readonly<{
  countries: readonly Option[]
  /** Where the visitor seems to be, until they say. */
  country: string
}>

/** Who signs up, and where they live; fields and rules follow the country. */
export function AddressForm({ countries, country }: Props) {
  const t = useTranslations('signup.address')
  const label = useTranslations('form.address')
  const tc = useTranslations('common')
  const { site } = useSite()
  const draft = useDraft()
  const { go, pending } = useGo()
  const back = useSearchParams().get('back') === 'summary'
  const form = useAddressForm(draft, country)
  const save = useDraftChange<Address>((calls, ref, address) =>
    calls.saveAddress.mutate({ ...ref, address }, idempotent),
  )
  const chosenCountry = form.watch('country')

  return (
    <Form
      form={form}
      submitError={save.error}
      loading={save.isPending || pending}
      onSubmit={(address) =>
        save.mutate(address, {
          onSuccess(saved) {
            forget(site.site, 'address')
            go(paths.signup(site.site, back && saved.step === 'payment' ? 'summary' : 'phone'))
          },
        })
      }
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
          description={t('emailWhy')}
          autoComplete="email"
          maxLength={200}
        />
        <PhoneField
          name="phone"
          label={label('phone')}
          description={t('phoneWhy')}
          country={chosenCountry}
        />
      </FieldRow>
      <SelectField
        name="country"
        label={label('country')}
        autoComplete="country"
        placeholder={null}
        options={countries}
      />
      <AddressFields rule={addressRule(chosenCountry)} />
      <CompanyFields open={Boolean(draft?.address?.companyName || draft?.address?.vatId)} />
      <FormActions note={t('nothingCharged')}>
        <LinkButton size="lg" href={paths.signup(site.site, back ? 'summary' : 'plan')}>
          {tc('back')}
        </LinkButton>
        <SubmitButton size="lg">{back ? t('saveAndReturn') : tc('continue')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

type AddressUse = UseFormReturn<AddressValues, unknown, Address>

/** Starts from what the server has, then from what was typed here and not yet sent. */
function useAddressForm(draft: DraftView | null, country: string): AddressUse {
  const { site } = useSite()
  const { read } = useDraftCache()
  const form = useFormWithAddress<AddressValues, Address>(
    loadResolver,
    valuesOf(draft?.address ?? null, country),
  )

  // Once, after the server's page is there.
  useEffect(() => {
    const typed = recall(site.site, 'address', areValues)
    if (typed) form.reset(typed, { keepDefaultValues: true })
    form.setValue('timeZone', Intl.DateTimeFormat().resolvedOptions().timeZone)
    return form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values, isDirty }) => isDirty && keep(site.site, 'address', values),
    })
  }, [])

  // Another tab saved an address: shown here, unless something else was typed meanwhile.
  const version = draft?.version
  // When there is a newer draft.
  useEffect(() => {
    const { timeZone } = form.getValues()
    const saved = { ...valuesOf(read()?.address ?? null, country), timeZone }
    if (!recall(site.site, 'address', areValues)) form.reset(saved)
  }, [version])

  return form
}

// Named here, so that the bundler leaves it out of the page.
const loadResolver = async () => (await import('./address-check.ts')).addressResolver

const valuesOf = (address: Address | null, country: string): AddressValues => ({
  firstName: address?.firstName ?? '',
  lastName: address?.lastName ?? '',
  companyName: address?.companyName ?? '',
  vatId: address?.vatId ?? '',
  email: address?.email ?? '',
  phone: address?.phone ?? '',
  country: address?.country ?? country,
  line1: address?.line1 ?? '',
  line2: address?.line2 ?? '',
  city: address?.city ?? '',
  state: address?.state ?? '',
  postalCode: address?.postalCode ?? '',
  timeZone: address?.timeZone ?? 'UTC',
})

const areValues = (kept: unknown): kept is AddressValues =>
  isRecord(kept) && names.every((name) => typeof kept[name] === 'string')
