'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextAreaField, TextField } from '#components/form/text-field.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { formatDay } from '#components/ui/format.ts'
import { useMoney } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { zRecordPayment, zWriteLedger } from '#server/billing/schema.ledger.ts'
import type { InvoiceRow } from '#server/billing/schema.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { useBalanceAfter } from './balance-after.ts'
import { useChanged } from './use-changed.ts'

export type LedgerWriting = 'charge' | 'credit' | 'payment'

export type LedgerDialogProps = Readonly<{
  customer: number
  balance: string
  currency: string
  /** Invoices that a payment can be for. */
  open: readonly InvoiceRow[]
  nextInvoiceOn: CivilDate
  writing: LedgerWriting | undefined
  onClose: () => void
}>

/** A charge, a credit, or money that came by another way than through a card. */
export function LedgerDialog(props: LedgerDialogProps) {
  const t = useTranslations('admin.money')
  const { writing, onClose } = props

  return (
    <Dialog
      isOpen={writing !== undefined}
      onClose={onClose}
      title={writing ? t(`${writing}.title`) : ''}
      keepOnOutsideClick
    >
      {writing === 'payment' && <PaymentForm {...props} />}
      {(writing === 'charge' || writing === 'credit') && <WriteForm {...props} kind={writing} />}
    </Dialog>
  )
}

const refusedAt = {
  'billing.amount_invalid': 'amount',
  'billing.amount_too_precise': 'amount',
} as const

const zWritten = zWriteLedger.pick({ amount: true, description: true, reason: true })

function WriteForm({ kind, ...props }: LedgerDialogProps & { kind: 'charge' | 'credit' }) {
  const { customer, currency, nextInvoiceOn, onClose } = props
  const t = useTranslations('admin.money')
  const locale = useLocale()
  const trpc = useTRPC()
  const changed = useChanged()
  const amountOf = useMoney()
  const { keyFor } = useAttemptKey()
  const form = useZodForm(zWritten, { defaultValues: { amount: '', description: '', reason: '' } })
  const write = useMutation(
    trpc.billing.write.mutationOptions({
      // The same key is the same line.
      trpc: { context: idempotent.context },
      onSuccess: (_, { amount }) => {
        changed({ title: t(`${kind}.done`, { amount: amountOf(amount, currency) }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, write.error, refusedAt)
  const amount = useWatch({ control: form.control, name: 'amount' })

  return (
    <Form
      form={form}
      onSubmit={(values) => {
        const contents = { customer, currency, kind, ...values }
        write.mutate({ ...contents, key: keyFor(contents) })
      }}
      submitError={submitError}
      loading={write.isPending}
      className="grid gap-5 pt-2"
    >
      <AmountField currency={currency} />
      <TextField
        name="description"
        label={t('description')}
        description={t('descriptionHint')}
        autoComplete="off"
        maxLength={120}
      />
      <ReasonField />
      <Effect {...props} amount={amount} adds={kind === 'charge'}>
        {t(`${kind}.text`, { day: formatDay(locale, nextInvoiceOn) })}
      </Effect>
      <Buttons onClose={onClose} submit={t(`${kind}.submit`)} />
    </Form>
  )
}

const zReceived = zRecordPayment
  .pick({ amount: true, reason: true })
  .extend({ invoice: z.string().transform((id) => (id === '' ? null : Number(id))) })

function PaymentForm(props: LedgerDialogProps) {
  const { customer, currency, open, onClose } = props
  const t = useTranslations('admin.money')
  const trpc = useTRPC()
  const changed = useChanged()
  const amountOf = useMoney()
  const { keyFor } = useAttemptKey()
  const form = useZodForm(zReceived, { defaultValues: { amount: '', invoice: '', reason: '' } })
  const record = useMutation(
    trpc.billing.recordPayment.mutationOptions({
      // The same key is the same payment.
      trpc: { context: idempotent.context },
      onSuccess: (_, { amount }) => {
        changed({ title: t('payment.done', { amount: amountOf(amount, currency) }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, record.error, {
    ...refusedAt,
    'billing.invoice_closed': 'invoice',
    'billing.invoice_not_found': 'invoice',
  })
  const amount = useWatch({ control: form.control, name: 'amount' })

  return (
    <Form
      form={form}
      onSubmit={(values) => {
        const contents = { customer, currency, ...values }
        record.mutate({ ...contents, key: keyFor(contents) })
      }}
      submitError={submitError}
      loading={record.isPending}
      className="grid gap-5 pt-2"
    >
      <AmountField currency={currency} />
      <SelectField
        name="invoice"
        label={t('payment.invoice')}
        autoComplete="off"
        placeholder={t('payment.oldest')}
        options={open.map(({ invoice, number, open: left }) => ({
          value: String(invoice),
          label: t('payment.openOf', { number: number ?? '', open: amountOf(left, currency) }),
        }))}
      />
      <ReasonField />
      <Effect {...props} amount={amount} adds={false}>
        {t('payment.text')}
      </Effect>
      <Buttons onClose={onClose} submit={t('payment.submit')} />
    </Form>
  )
}

function AmountField({ currency }: { currency: string }) {
  const t = useTranslations('admin.money')
  return (
    <TextField
      name="amount"
      label={t('amount')}
      inputMode="decimal"
      autoComplete="off"
      suffix={currency}
      maxLength={18}
    />
  )
}

function ReasonField() {
  const t = useTranslations('admin.money')
  return (
    <TextAreaField
      name="reason"
      label={t('reason')}
      description={t('reasonHint')}
      rows={2}
      maxLength={300}
    />
  )
}

type EffectProps = Pick<LedgerDialogProps, 'balance' | 'currency'> &
  Readonly<{ amount: string; adds: boolean; children: string }>

/** What it does, before it is done: to the balance, and when the customer sees it. */
function Effect({ balance, currency, amount, adds, children }: EffectProps) {
  const after = useBalanceAfter(balance, currency)
  return (
    <Notice tone="info">
      <p aria-live="polite">{after(amount, adds)}</p>
      <p>{children}</p>
    </Notice>
  )
}

function Buttons({ onClose, submit }: { onClose: () => void; submit: string }) {
  const common = useTranslations('common')
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={onClose}>{common('cancel')}</Button>
      <SubmitButton>{submit}</SubmitButton>
    </div>
  )
}
