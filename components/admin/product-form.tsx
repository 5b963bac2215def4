'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useController } from 'react-hook-form'
import type { z } from 'zod'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { RadioCards } from '#components/form/radio-cards.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextAreaField, TextField } from '#components/form/text-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import {
  accountKinds,
  currencies,
  type ProductEditorView,
  type ServiceName,
  usualTerms,
  zAddProduct,
} from '#server/catalog/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { FeesFields } from './fees-fields.tsx'
import { shortened } from './shortened.ts'
import { areTerms, fromTerms, termsFault, termsForm, toTerms } from './terms-fields.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{
  /** Undefined is a new one. */
  product?: ProductEditorView['product']
  services: readonly ServiceName[]
}>

const zProduct = zAddProduct
  .omit({ key: true, terms: true })
  .extend(termsForm)
  .refine(areTerms, termsFault)
type Values = z.output<typeof zProduct>

const blank = {
  name: '',
  description: '',
  role: 'main',
  accountKind: 'extension',
  newAccounts: 'active',
  currency: 'USD',
  activationFee: '0.00',
  periodicFee: '0.00',
  services: [],
} as const

/** What an account may use and what it costs; what it is for is said when it is new. */
export function ProductForm({ product, services }: Props) {
  const t = useTranslations('admin.product')
  const common = useTranslations('common')
  const form = useZodForm(zProduct, {
    defaultValues: product
      ? {
          name: product.name,
          description: product.description,
          role: product.role,
          accountKind: product.accountKind,
          newAccounts: product.newAccounts,
          currency: currencies.find((each) => each === product.currency) ?? 'USD',
          activationFee: shortened(product.activation),
          periodicFee: shortened(product.periodic),
          ...fromTerms(product.terms),
          services: product.services,
        }
      : { ...blank, ...fromTerms(usualTerms), services: [] },
  })
  const { save, pending, error } = useSave(product?.product)
  const submitError = useRefusedFields(form, error, { 'catalog.name_taken': 'name' })

  return (
    <Card className="max-w-3xl">
      <Form form={form} onSubmit={save} submitError={submitError} loading={pending}>
        <TextField
          name="name"
          label={t('name')}
          description={t('nameHint')}
          autoComplete="off"
          maxLength={100}
        />
        <TextAreaField
          name="description"
          label={t('description')}
          rows={2}
          maxLength={500}
          optional
        />
        {!product && <WhatFor />}
        <Services services={services} />
        <h2 className="font-semibold">{t('fees')}</h2>
        {product && product.used > 0 && (
          <Notice tone="info">{t('feesInUse', { used: product.used })}</Notice>
        )}
        <FeesFields activationHint={t('activationHint')} periodicHint={t('periodicHint')} />
        <RadioCards
          name="newAccounts"
          label={t('start')}
          columns={2}
          options={(['active', 'inactive'] as const).map((value) => ({
            value,
            label: t(value),
            description: t(`${value}Text`),
          }))}
        />
        <FormActions>
          <LinkButton href={paths.products()} variant="ghost">
            {common('cancel')}
          </LinkButton>
          <SubmitButton>{t('save')}</SubmitButton>
        </FormActions>
      </Form>
    </Card>
  )
}

function WhatFor() {
  const t = useTranslations('admin.product')
  const kinds = useTranslations('admin.kinds')
  return (
    <>
      <RadioCards
        name="role"
        label={t('role')}
        columns={2}
        options={(['main', 'addon'] as const).map((value) => ({
          value,
          label: t(value),
          description: t(`${value}Text`),
        }))}
      />
      <SelectField
        name="accountKind"
        label={t('kind')}
        autoComplete="off"
        placeholder={null}
        options={accountKinds.map((value) => ({ value, label: kinds(value) }))}
      />
    </>
  )
}

function Services({ services }: { services: readonly ServiceName[] }) {
  const t = useTranslations('admin.product')
  const { field } = useController({ name: 'services' })
  const chosen: readonly number[] = Array.isArray(field.value) ? field.value : []

  return (
    <fieldset data-field="services" className="grid min-w-0 gap-2">
      <legend className="label mb-1.5">{t('services')}</legend>
      <p className="-mt-1 text-[0.8125rem]/5 text-muted">{t('servicesHint')}</p>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {services.map(({ service, name }) => (
          <label key={service} className="flex min-h-9 cursor-pointer items-center gap-3 text-sm">
            <input
              type="checkbox"
              className="tick"
              checked={chosen.includes(service)}
              onBlur={field.onBlur}
              onChange={() =>
                field.onChange(
                  chosen.includes(service)
                    ? chosen.filter((one) => one !== service)
                    : [...chosen, service],
                )
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function useSave(product: number | undefined) {
  const t = useTranslations('admin.product')
  const trpc = useTRPC()
  const router = useRouter()
  const changed = useChanged()
  const attempt = useAttemptKey()
  // The key, or saying the same again, makes asking again the same as asking once.
  const repeatable = { trpc: { context: idempotent.context } }
  const add = useMutation(
    trpc.catalog.addProduct.mutationOptions({
      ...repeatable,
      onSuccess: (_, { name }) => {
        changed({ title: t('added', { name }) })
        router.push(paths.products())
      },
    }),
  )
  const edit = useMutation(
    trpc.catalog.editProduct.mutationOptions({
      ...repeatable,
      onSuccess: (_, { name }) => {
        changed({ title: t('saved', { name }) })
        router.push(paths.products())
      },
    }),
  )
  return {
    save(values: Values) {
      const { role, accountKind, every, unit, due, anchored, proration, endsAfter, ...own } = values
      const fields = { ...own, terms: toTerms(values) }
      if (product !== undefined) return edit.mutate({ ...fields, product })
      const made = { ...fields, role, accountKind }
      add.mutate({ ...made, key: attempt.keyFor(made) })
    },
    pending: add.isPending || edit.isPending || add.isSuccess || edit.isSuccess,
    error: add.error ?? edit.error,
  }
}
