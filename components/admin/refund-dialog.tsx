'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { TextAreaField, TextField } from '#components/form/text-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useMoney } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { zRefundPayment } from '#server/billing/schema.ledger.ts'
import type { PaymentRow } from '#server/billing/schema.payments.ts'
import { money, toMajor } from '#server/kernel/money.ts'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ payment: PaymentRow | undefined; onClose: () => void }>

/** A payment given back, all or a part of it, the way it came. */
export function RefundDialog({ payment, onClose }: Props) {
  const t = useTranslations('admin.money.refund')
  const amount = useMoney()
  return (
    <Dialog
      isOpen={payment !== undefined}
      onClose={onClose}
      title={payment ? t('title', { amount: amount(payment.amount, payment.currency) }) : ''}
      keepOnOutsideClick
    >
      {payment && <RefundForm payment={payment} onClose={onClose} />}
    </Dialog>
  )
}

const zRefund = zRefundPayment.pick({ amount: true, reason: true })

function RefundForm({ payment: of, onClose }: Props & { payment: PaymentRow }) {
  const t = useTranslations('admin.money.refund')
  const all = useTranslations('admin.money')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const changed = useChanged()
  const write = useMoney()
  const { keyFor } = useAttemptKey()
  const { payment, currency, left, manual } = of
  const form = useZodForm(zRefund, {
    defaultValues: { amount: toMajor(money(left), currency), reason: '' },
  })
  const refund = useMutation(
    trpc.billing.refund.mutationOptions({
      // The same key is the same refund.
      trpc: { context: idempotent.context },
      onSuccess: ({ state }, { amount }) => {
        changed({ title: t(`states.${state}`, { amount: write(amount, currency) }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, refund.error, {
    'billing.amount_invalid': 'amount',
    'billing.amount_too_precise': 'amount',
    'payments.refund_amount': 'amount',
    'payments.refund_too_much': 'amount',
  })

  return (
    <Form
      form={form}
      onSubmit={(values) => {
        const contents = { payment, currency, ...values }
        refund.mutate({ ...contents, key: keyFor(contents) })
      }}
      submitError={submitError}
      loading={refund.isPending}
      className="grid gap-5 pt-2"
    >
      <TextField
        name="amount"
        label={all('amount')}
        description={t('left', { left: write(left, currency) })}
        inputMode="decimal"
        autoComplete="off"
        suffix={currency}
        maxLength={18}
      />
      <TextAreaField
        name="reason"
        label={all('reason')}
        description={all('reasonHint')}
        rows={2}
        maxLength={300}
      />
      <Notice tone="info">
        <p>{t(manual ? 'textManual' : 'textCard')}</p>
        <p>{t('effect')}</p>
      </Notice>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton variant="danger">{t('submit')}</SubmitButton>
      </div>
    </Form>
  )
}
