'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { z } from 'zod'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { PackagesView } from '#server/agreements/schema.packages.ts'
import { useFees } from './cost.ts'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{
  customer: number
  addable: PackagesView['addable']
  isOpen: boolean
  onClose: () => void
}>

const zPackage = z.object({
  subscription: z.string({ error: 'choose' }).min(1, { error: 'choose' }).transform(Number),
})

/** A subscription for the customer itself; what it costs stands beside its name. */
export function PackageDialog(props: Props) {
  const t = useTranslations('admin.packages')
  const { isOpen, onClose } = props
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('addTitle')}
      description={t('addText')}
      keepOnOutsideClick
    >
      {isOpen && <PackageForm {...props} />}
    </Dialog>
  )
}

function PackageForm({ customer, addable, onClose }: Props) {
  const t = useTranslations('admin.packages')
  const common = useTranslations('common')
  const fees = useFees(t('free'))
  const trpc = useTRPC()
  const changed = useChanged()
  const { keyFor } = useAttemptKey()
  const form = useZodForm(zPackage, { defaultValues: { subscription: '' } })
  const add = useMutation(
    trpc.agreements.addPackage.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: (_, { subscription }) => {
        const name = addable.find((one) => one.subscription === subscription)?.name ?? ''
        changed({ title: t('added', { name }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, add.error, {
    'agreement.package_not_found': 'subscription',
    'agreement.wrong_currency': 'subscription',
  })

  return (
    <Form
      form={form}
      onSubmit={(values) =>
        add.mutate({ customer, ...values, key: keyFor({ customer, ...values }) })
      }
      submitError={submitError}
      loading={add.isPending}
      className="grid gap-5 pt-2"
    >
      <SelectField
        name="subscription"
        label={t('columns.name')}
        autoComplete="off"
        options={addable.map((one) => ({
          value: String(one.subscription),
          label: `${one.name}: ${fees(one)}`,
        }))}
      />
      <FormActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{t('addSubmit')}</SubmitButton>
      </FormActions>
    </Form>
  )
}
