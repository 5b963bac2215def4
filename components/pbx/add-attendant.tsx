'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { useWhyNotAdd } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { Me } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import type { AddOptions } from '#server/pbx/schema.ts'
import { useWhyFull } from './cost.ts'
import { fieldOfRefusal, type NewAttendant, zAttendantForm } from './forms.ts'
import { NumberPicker } from './number-picker.tsx'
import { CostNote, firstChoice, ProductChoice } from './product-choice.tsx'

type Props = Readonly<{ options: AddOptions; support: Me['support'] }>

/** A new auto attendant; its account is named by the next number, so nobody types one. */
export function AddAttendant({ options, support }: Props) {
  const t = useTranslations('pbx')
  const trpc = useTRPC()
  const router = useRouter()
  const attempt = useAttemptKey()
  const whyFull = useWhyFull(support)
  const notNow = useWhyNotAdd()('attendants:write')
  const form = useZodForm(zAttendantForm, {
    defaultValues: { name: '', product: firstChoice(options.products), numbers: [] },
  })
  const add = useMutation(
    trpc.pbx.addAttendant.mutationOptions({
      // The key makes asking again the same as asking once.
      trpc: { context: idempotent.context },
      onSuccess: ({ accountId, status }, { name }) => {
        const works = status === 'active'
        notify({
          tone: works ? 'success' : 'warning',
          title: t(works ? 'attendants.done' : 'attendants.doneInactive', { name }),
          description: t(works ? 'attendants.doneText' : 'attendants.doneInactiveText', {
            accountId,
          }),
        })
        router.push(paths.autoAttendants())
      },
    }),
  )
  const submitError = useRefusedFields(form, add.error, fieldOfRefusal)
  const submit = (values: NewAttendant) => add.mutate({ ...values, key: attempt.keyFor(values) })

  return (
    <Card className="max-w-3xl">
      <Form
        form={form}
        onSubmit={submit}
        submitError={submitError}
        loading={add.isPending || add.isSuccess}
      >
        <TextField
          name="name"
          label={t('add.name')}
          description={t('attendants.nameHint')}
          autoComplete="off"
          maxLength={100}
        />
        <ProductChoice products={options.products} support={support} />
        <NumberPicker
          name="numbers"
          label={t('add.didNumbers')}
          description={t('attendants.didNumbersHint')}
          numbers={options.freeNumbers}
          supportEmail={support.email}
        />
        <FormActions note={<CostNote products={options.products} support={support} />}>
          <LinkButton href={paths.autoAttendants()} variant="ghost">
            {t('add.cancel')}
          </LinkButton>
          <SubmitButton disabledReason={notNow ?? whyFull.all(options.products)}>
            {t('attendants.submit')}
          </SubmitButton>
        </FormActions>
      </Form>
    </Card>
  )
}
