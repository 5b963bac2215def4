'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { CheckboxField } from '#components/form/checkbox-field.tsx'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { zEditExtension } from '#server/pbx/schema.ts'
import { DrawerEnd } from './drawer-end.tsx'
import { DrawerProduct } from './drawer-product.tsx'
import type { TabProps } from './extension-drawer.tsx'
import { useAddress } from './use-address.ts'
import { useSaved } from './use-saved.ts'

const zGeneral = zEditExtension.omit({ numbers: true })

/** Who it is and how it is dialled; what it costs; its end. */
export function DrawerGeneral(props: TabProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <Identity {...props} />
      <DrawerProduct {...props} />
      <DrawerEnd {...props} />
    </div>
  )
}

function Identity({ line, locked }: TabProps) {
  const t = useTranslations('pbx')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const address = useAddress()
  const saved = useSaved()
  const { account, extension, name, email, timeZone, published } = line
  const form = useZodForm(zGeneral, {
    defaultValues: { account, extension, name, email: email ?? '', timeZone, published },
  })
  const edit = useMutation(
    trpc.pbx.editExtension.mutationOptions({
      // Saying again what something is changes nothing.
      trpc: { context: idempotent.context },
      onSuccess: (_, values) => {
        form.reset({ ...form.getValues(), ...values })
        if (values.extension !== extension) address.swap({ open: values.extension })
        saved(t('drawer.saved', { extension: values.extension ?? extension }))
      },
    }),
  )
  const submitError = useRefusedFields(form, edit.error, {
    'pbx.extension_taken': 'extension',
    'pbx.extension_name_kept': 'extension',
  })

  return (
    <Form
      form={form}
      submitError={submitError}
      loading={edit.isPending}
      onSubmit={(values) => edit.mutate(values)}
    >
      <FieldRow>
        <TextField
          name="extension"
          label={t('add.number')}
          description={t('drawer.numberHint', { accountId: line.accountId })}
          autoComplete="off"
          inputMode="numeric"
          maxLength={6}
        />
        <TextField name="name" label={t('add.name')} autoComplete="off" maxLength={100} optional />
      </FieldRow>
      <FieldRow>
        <TextField name="email" label={t('add.email')} type="email" autoComplete="off" optional />
        <SelectField
          name="timeZone"
          label={t('drawer.timeZone')}
          autoComplete="off"
          placeholder={null}
          options={zonesWith(timeZone)}
        />
      </FieldRow>
      <CheckboxField name="published">{t('add.published')}</CheckboxField>
      <FormActions>
        <SubmitButton disabledReason={locked}>{common('save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

/** Every zone this browser knows, and the one that is set, should it know it by another name. */
const zonesWith = (current: string) =>
  [...new Set([current, ...Intl.supportedValuesOf('timeZone')])]
    .sort()
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
