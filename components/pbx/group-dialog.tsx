'use client'

import { useTranslations } from 'next-intl'
import type { z } from 'zod'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { NumberField } from '#components/form/number-field.tsx'
import { RadioCards } from '#components/form/radio-cards.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { groupModes, zAddGroup } from '#server/pbx/schema.groups.ts'

const zGroupForm = zAddGroup.omit({ key: true })
export type GroupValues = z.output<typeof zGroupForm>

type Props = Readonly<{
  isOpen: boolean
  onClose: () => void
  title: string
  submitLabel: string
  values: GroupValues
  onSubmit: (values: GroupValues) => void
  submitError: unknown
  loading: boolean
}>

/** What a hunt group is called, and how it rings. */
export function GroupDialog({ isOpen, onClose, title, ...rest }: Props) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} keepOnOutsideClick>
      <GroupForm {...rest} onClose={onClose} />
    </Dialog>
  )
}

function GroupForm({
  onClose,
  submitLabel,
  values,
  onSubmit,
  submitError,
  loading,
}: Omit<Props, 'isOpen' | 'title'>) {
  const t = useTranslations('pbx.groups')
  const common = useTranslations('common')
  const form = useZodForm(zGroupForm, { defaultValues: values })
  const error = useRefusedFields(form, submitError, { 'pbx.group_name_taken': 'name' })

  return (
    <Form form={form} onSubmit={onSubmit} submitError={error} loading={loading}>
      <TextField
        name="name"
        label={t('name')}
        description={t('nameHint')}
        autoComplete="off"
        maxLength={60}
        autoFocus
      />
      <RadioCards
        name="mode"
        label={t('mode')}
        options={groupModes.map((mode) => ({
          value: mode,
          label: t(`modes.${mode}`),
          description: t(`explain.${mode}`),
        }))}
      />
      <NumberField
        name="ringSeconds"
        label={t('seconds')}
        description={t('secondsHint')}
        suffix={t('secondsUnit')}
      />
      <FormActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{submitLabel}</SubmitButton>
      </FormActions>
    </Form>
  )
}
