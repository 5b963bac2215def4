'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { z } from 'zod'
import { Form } from '#components/form/form.tsx'
import { TextAreaField } from '#components/form/text-field.tsx'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

type Props = Readonly<{
  isOpen: boolean
  onClose: () => void
  title: string
  /** What it does. */
  text: string
  reasonLabel: string
  reasonHint: string
  submitLabel: string
  onSubmit: (reason: string) => void
  loading: boolean
  submitError: unknown
}>

const zReason = z.object({ reason: z.string().trim().min(3).max(200) })

/** Something an administrator does to a customer's account, with the reason the customer reads. */
export function ReasonDialog({ isOpen, onClose, title, ...rest }: Props) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} keepOnOutsideClick>
      {isOpen && <ReasonForm onClose={onClose} {...rest} />}
    </Dialog>
  )
}

function ReasonForm(props: Omit<Props, 'isOpen' | 'title'>) {
  const { onClose, text, reasonLabel, reasonHint, submitLabel, onSubmit } = props
  const common = useTranslations('common')
  const id = useId()
  const form = useZodForm(zReason, { defaultValues: { reason: '' } })

  return (
    <Form
      id={id}
      form={form}
      onSubmit={({ reason }) => onSubmit(reason)}
      submitError={props.submitError}
      loading={props.loading}
      className="grid gap-5 pt-2"
    >
      <p>{text}</p>
      <TextAreaField
        name="reason"
        label={reasonLabel}
        description={reasonHint}
        rows={3}
        maxLength={200}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <ActionButton
          variant="danger"
          type="submit"
          loading={props.loading}
          disabledReason={undefined}
        >
          {submitLabel}
        </ActionButton>
      </div>
    </Form>
  )
}
