'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { CheckboxField } from '#components/form/checkbox-field.tsx'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { NumberField } from '#components/form/number-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { type AddableProduct, maxQuantity, type PlacesView } from '#server/agreements/schema.ts'
import { useFees } from './cost.ts'
import { useChanged } from './use-changed.ts'

type Editing = PlacesView | 'new'

type Props = Readonly<{
  customer: number
  currency: string
  addable: readonly AddableProduct[]
  editing: Editing | undefined
  onClose: () => void
}>

const zItem = z
  .object({
    product: z.string({ error: 'choose' }).min(1, { error: 'choose' }).transform(Number),
    unlimited: z.boolean(),
    quantity: z.number().int().min(0).max(maxQuantity).nullable(),
  })
  .refine(({ unlimited, quantity }) => unlimited || quantity !== null, {
    path: ['quantity'],
    error: 'required',
  })

/** A product for the agreement, or another quantity of one that is in it. */
export function ItemDialog(props: Props) {
  const t = useTranslations('admin.agreement')
  const { editing, onClose } = props

  return (
    <Dialog
      isOpen={editing !== undefined}
      onClose={onClose}
      title={
        editing && editing !== 'new' ? t('editTitle', { product: editing.name }) : t('addTitle')
      }
      keepOnOutsideClick
    >
      {editing && <ItemForm {...props} editing={editing} />}
    </Dialog>
  )
}

function ItemForm({ customer, currency, addable, editing, onClose }: Props & { editing: Editing }) {
  const t = useTranslations('admin.agreement')
  const common = useTranslations('common')
  const fees = useFees(t('package'))
  const trpc = useTRPC()
  const changed = useChanged()
  const item = editing === 'new' ? undefined : editing
  const form = useZodForm(zItem, {
    defaultValues: {
      product: item ? String(item.product) : '',
      unlimited: item?.quantity === null,
      quantity: item?.quantity ?? null,
    },
  })
  const set = useMutation(
    trpc.agreements.setItem.mutationOptions({
      // Setting what is set already is the same as setting it once.
      trpc: { context: idempotent.context },
      onSuccess: (_, { product }) => {
        const name = item?.name ?? addable.find((each) => each.product === product)?.name ?? ''
        changed({ title: t(item ? 'changed' : 'added', { product: name }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, set.error, {
    'agreement.below_use': 'quantity',
    'agreement.wrong_currency': 'product',
    'catalog.product_not_found': 'product',
  })
  const unlimited = useWatch({ control: form.control, name: 'unlimited' })

  return (
    <Form
      form={form}
      onSubmit={({ product, quantity, unlimited: endless }) =>
        set.mutate({ customer, product, quantity: endless ? null : quantity })
      }
      submitError={submitError}
      loading={set.isPending}
      className="grid gap-5 pt-2"
    >
      {item ? (
        <p className="text-muted">{t('inUse', { used: item.used })}</p>
      ) : (
        <SelectField
          name="product"
          label={t('product')}
          autoComplete="off"
          options={addable.map((each) => ({
            value: String(each.product),
            label: `${each.name}: ${fees({ ...each, currency })}`,
          }))}
        />
      )}
      <CheckboxField name="unlimited">{t('unlimitedLabel')}</CheckboxField>
      {!unlimited && (
        <NumberField name="quantity" label={t('quantity')} description={t('quantityHint')} />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{t(item ? 'save' : 'addSubmit')}</SubmitButton>
      </div>
    </Form>
  )
}
