'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { BlockConsequences, useBlockPreview } from './block-consequences.tsx'
import { type BlockValues, zBlockForm } from './forms.ts'
import { useBlocks } from './use-blocks.ts'

/** Lines something is about to be done with, and how many of the selection it can't be done with. */
export type BlockSelection = Readonly<{ accounts: readonly number[]; left: number }>

type Props = Readonly<{
  /** Undefined while nothing is asked. */
  of: BlockSelection | undefined
  /** Of the line, where it is one. */
  name?: string
  /** The customer an administrator acts for. */
  customer?: number
  onClose: () => void
  onDone?: () => void
}>

/** Blocks lines, now or on days to come, saying beforehand which days will be free and what that saves. */
export function BlockDialog({ of, name, customer, onClose, onDone }: Props) {
  const t = useTranslations('blocks.dialog')
  const count = of?.accounts.length ?? 0

  return (
    <Dialog
      isOpen={of !== undefined}
      onClose={onClose}
      keepOnOutsideClick
      title={name ? t('titleOf', { name }) : t('title', { count })}
      description={t('text')}
    >
      {of && (
        <BlockForm
          of={of}
          customer={customer}
          onClose={onClose}
          onDone={() => {
            onClose()
            onDone?.()
          }}
        />
      )}
    </Dialog>
  )
}

type FormProps = Omit<Props, 'of' | 'name'> & Readonly<{ of: BlockSelection }>

const blank = { from: '', to: '', reason: '' }

function BlockForm({ of, customer, onClose, onDone }: FormProps) {
  const t = useTranslations('blocks.dialog')
  const tCommon = useTranslations('common')
  const { block } = useBlocks({ customer, onDone })
  const form = useZodForm(zBlockForm, { defaultValues: blank })
  const [from, to] = useWatch({ control: form.control, name: ['from', 'to'] })
  const asked = zBlockForm.safeParse({ from, to, reason: '' })
  const preview = useBlockPreview(of.accounts, asked.success ? asked.data : {}, customer)
  const count = preview.data?.lines ?? of.accounts.length

  const submit = ({ from: first, until, reason }: BlockValues) => {
    // Today's block is one from now on, by the calendar of the customer.
    const later = first !== undefined && first !== preview.data?.today ? first : undefined
    block.mutate({ accounts: of.accounts, from: later, until, reason, key: randomUuid() })
  }
  return (
    <Form
      form={form}
      onSubmit={submit}
      submitError={block.error}
      loading={block.isPending}
      className="grid gap-5 pt-2"
    >
      <FieldRow>
        <TextField
          name="from"
          type="date"
          label={t('from')}
          description={t('fromHint')}
          autoComplete="off"
          optional
        />
        <TextField
          name="to"
          type="date"
          label={t('to')}
          description={t('toHint')}
          autoComplete="off"
          optional
        />
      </FieldRow>
      <TextField
        name="reason"
        label={t('reason')}
        description={customer === undefined ? t('reasonHint') : t('reasonHintAdmin')}
        autoComplete="off"
        maxLength={200}
        optional
      />
      <BlockConsequences preview={preview} left={of.left} />
      <FormActions>
        <Button variant="ghost" onClick={onClose}>
          {tCommon('cancel')}
        </Button>
        <SubmitButton
          disabledReason={
            preview.isError ? t('mend') : preview.data?.lines === 0 ? t('none') : undefined
          }
        >
          {from && from !== preview.data?.today ? t('plan', { count }) : t('block', { count })}
        </SubmitButton>
      </FormActions>
    </Form>
  )
}
