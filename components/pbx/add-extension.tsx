'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CheckboxField } from '#components/form/checkbox-field.tsx'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { useWhyNotAdd } from '#components/ui/rights.tsx'
import type { Me } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import type { AddOptions } from '#server/pbx/schema.ts'
import { useWhyFull } from './cost.ts'
import { type Added, ExtensionAdded } from './extension-added.tsx'
import { fieldOfRefusal, type NewExtension, zExtensionForm } from './forms.ts'
import { NumberPicker } from './number-picker.tsx'
import { CostNote, firstChoice, ProductChoice } from './product-choice.tsx'

type Props = Readonly<{ options: AddOptions; support: Me['support'] }>

/** A new extension: what it is, what it costs, and then its phone. */
export function AddExtension({ options, support }: Props) {
  const router = useRouter()
  const trpc = useTRPC()
  const [added, setAdded] = useState<Added>()
  // The phones are chosen from next: they are there by then, and nothing moves when they come.
  useQuery(trpc.devices.models.queryOptions())

  if (added) return <ExtensionAdded added={added} onAnother={() => setAdded(undefined)} />
  return (
    <ExtensionForm
      options={options}
      support={support}
      onAdded={(extension) => {
        setAdded(extension)
        // For the next one: a place and perhaps numbers are gone.
        router.refresh()
      }}
    />
  )
}

function ExtensionForm({ options, support, onAdded }: Props & { onAdded: (added: Added) => void }) {
  const t = useTranslations('pbx.add')
  const trpc = useTRPC()
  const attempt = useAttemptKey()
  const whyFull = useWhyFull(support)
  const notNow = useWhyNotAdd()('extensions:write')
  const form = useZodForm(zExtensionForm, { defaultValues: blank(options) })
  const add = useMutation(
    trpc.pbx.addExtension.mutationOptions({
      // The key makes asking again the same as asking once.
      trpc: { context: idempotent.context },
      onSuccess: onAdded,
    }),
  )
  const submitError = useRefusedFields(form, add.error, {
    ...fieldOfRefusal,
    'pbx.extension_taken': 'extension',
  })

  const submit = (values: NewExtension) => add.mutate({ ...values, key: attempt.keyFor(values) })

  return (
    <Card className="max-w-3xl">
      <Form form={form} onSubmit={submit} submitError={submitError} loading={add.isPending}>
        <FieldRow>
          <TextField
            name="extension"
            label={t('number')}
            description={t('numberHint')}
            autoComplete="off"
            inputMode="numeric"
            maxLength={6}
          />
          <TextField
            name="name"
            label={t('name')}
            description={t('nameHint')}
            autoComplete="off"
            maxLength={100}
            optional
          />
        </FieldRow>
        <ProductChoice products={options.products} support={support} />
        <NumberPicker
          name="numbers"
          label={t('didNumbers')}
          description={t('didNumbersHint')}
          numbers={options.freeNumbers}
          supportEmail={support.email}
        />
        <TextField name="email" label={t('email')} type="email" autoComplete="off" optional />
        <CheckboxField name="published">{t('published')}</CheckboxField>
        <FormActions note={<CostNote products={options.products} support={support} />}>
          <LinkButton href={paths.extensions()} variant="ghost">
            {t('cancel')}
          </LinkButton>
          <SubmitButton disabledReason={notNow ?? whyFull.all(options.products)}>
            {t('submit')}
          </SubmitButton>
        </FormActions>
      </Form>
    </Card>
  )
}

const blank = (options: AddOptions) => ({
  extension: options.suggested,
  name: '',
  product: firstChoice(options.products),
  numbers: [],
  email: '',
  published: false,
})
