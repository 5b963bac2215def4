'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { z } from 'zod'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Notice } from '#components/ui/notice.tsx'
import { TextSkeleton } from '#components/ui/skeleton.tsx'
import type { AddOptions } from '#server/pbx/schema.ts'
import type { TabProps } from './extension-drawer.tsx'
import { NumberPicker } from './number-picker.tsx'
import { useSaved } from './use-saved.ts'

/** The phone numbers that reach it, out of the company's own. */
export function DrawerNumbers(props: TabProps) {
  const trpc = useTRPC()
  const sentence = useRefusal()
  const options = useQuery(trpc.pbx.extensionOptions.queryOptions())

  if (options.error) return <Notice tone="danger">{sentence(options.error)}</Notice>
  if (!options.data) return <TextSkeleton lines={5} />
  return <Numbers {...props} free={options.data.freeNumbers} />
}

const zNumbers = z.object({ numbers: z.array(z.string()).max(20) })

function Numbers({ line, locked, support, free }: TabProps & { free: AddOptions['freeNumbers'] }) {
  const t = useTranslations('pbx')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const saved = useSaved()
  const form = useZodForm(zNumbers, { defaultValues: { numbers: line.numbers } })
  const edit = useMutation(
    trpc.pbx.editExtension.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: () => saved(t('drawer.saved', { extension: line.extension })),
    }),
  )
  const submitError = useRefusedFields(form, edit.error, {
    'numbers.not_available': 'numbers',
    'accounts.alias_taken': 'numbers',
  })
  const own = line.numbers.filter((number) => !free.some((one) => one.number === number))

  return (
    <Form
      form={form}
      submitError={submitError}
      loading={edit.isPending}
      onSubmit={({ numbers }) => edit.mutate({ account: line.account, numbers })}
    >
      <NumberPicker
        name="numbers"
        label={t('add.didNumbers')}
        description={t('drawer.numbersHint')}
        numbers={[...own.map((number) => ({ number, city: t('drawer.ownNumber') })), ...free]}
        supportEmail={support.email}
      />
      <FormActions>
        <SubmitButton disabledReason={locked}>{common('save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}
