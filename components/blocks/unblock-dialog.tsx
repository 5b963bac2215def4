'use client'

import { useTranslations } from 'next-intl'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { BlockSelection } from './block-dialog.tsx'
import { zUnblockForm } from './forms.ts'
import { useBlocks } from './use-blocks.ts'

type Props = Readonly<{
  /** Undefined while nothing is asked. */
  of: BlockSelection | undefined
  customer?: number
  onClose: () => void
  onDone?: () => void
}>

/** Unblocks lines, now or on a day to come. */
export function UnblockDialog({ of, customer, onClose, onDone }: Props) {
  const t = useTranslations('blocks.unblockDialog')
  const count = of?.accounts.length ?? 0

  return (
    <Dialog
      isOpen={of !== undefined}
      onClose={onClose}
      title={t('title', { count })}
      description={t('text')}
      size="sm"
    >
      {of && (
        <UnblockForm
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

function UnblockForm({ of, customer, onClose, onDone }: Props & { of: BlockSelection }) {
  const t = useTranslations('blocks.unblockDialog')
  const tCommon = useTranslations('common')
  const { unblock } = useBlocks({ customer, onDone })
  const form = useZodForm(zUnblockForm, { defaultValues: { on: '' } })
  const count = of.accounts.length

  return (
    <Form
      form={form}
      onSubmit={({ on }) => unblock.mutate({ accounts: of.accounts, on })}
      submitError={unblock.error}
      loading={unblock.isPending}
      className="grid gap-5 pt-2"
    >
      <TextField
        name="on"
        type="date"
        label={t('on')}
        description={t('onHint')}
        autoComplete="off"
        optional
      />
      {of.left > 0 && <p className="text-sm text-muted">{t('left', { count: of.left })}</p>}
      <FormActions>
        <Button variant="ghost" onClick={onClose}>
          {tCommon('cancel')}
        </Button>
        <SubmitButton disabledReason={count === 0 ? t('none') : undefined}>
          {t('submit', { count })}
        </SubmitButton>
      </FormActions>
    </Form>
  )
}
