'use client'

import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { FieldRow, Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { NumberField } from '#components/form/number-field.tsx'
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
import { useTerms } from '#components/ui/terms.ts'
import { zGiveDiscount } from '#server/billing/schema.discounts.ts'
import type { SubscriptionRow } from '#server/billing/schema.subscriptions.ts'
import { discountedPrice } from './discount-price.ts'
import { OfField, OffFields } from './off-fields.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{
  customer: number
  /** Of which subscription; undefined is closed. */
  row: SubscriptionRow | undefined
  onClose: () => void
}>

const zOff = zGiveDiscount.omit({ customer: true, held: true, key: true })

/** A part or an amount less, of the activation or of periods that aren't charged yet. */
export function DiscountDialog({ customer, row, onClose }: Props) {
  const t = useTranslations('admin.discount')
  return (
    <Dialog
      isOpen={row !== undefined}
      onClose={onClose}
      title={row ? t('title', { name: row.description }) : ''}
      keepOnOutsideClick
    >
      {row && <DiscountForm customer={customer} row={row} onClose={onClose} />}
    </Dialog>
  )
}

function DiscountForm({ customer, row, onClose }: Props & { row: SubscriptionRow }) {
  const t = useTranslations('admin.discount')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const changed = useChanged()
  const { keyFor } = useAttemptKey()
  const form = useZodForm(zOff, {
    defaultValues: {
      name: t('usualName'),
      appliesTo: 'periodic',
      unit: 'percent',
      off: '',
      periods: null,
      reason: '',
    },
  })
  const give = useMutation(
    trpc.billing.giveDiscount.mutationOptions({
      // The key makes asking again the same as asking once.
      trpc: { context: idempotent.context },
      onSuccess: (_, { name }) => {
        changed({ title: t('given', { name }) })
        onClose()
      },
    }),
  )
  const submitError = useRefusedFields(form, give.error, {
    'billing.percent_invalid': 'off',
    'billing.amount_invalid': 'off',
    'billing.nothing_to_discount': 'appliesTo',
  })
  const appliesTo = useWatch({ control: form.control, name: 'appliesTo' })

  return (
    <Form
      form={form}
      onSubmit={(values) => {
        const { periods, ...own } = values
        const contents = {
          customer,
          held: row.id,
          ...own,
          periods: own.appliesTo === 'periodic' ? periods : null,
        }
        give.mutate({ ...contents, key: keyFor(contents) })
      }}
      submitError={submitError}
      loading={give.isPending}
      className="grid gap-5 pt-2"
    >
      <OffFields currency={row.currency} />
      <FieldRow>
        <OfField />
        {appliesTo === 'periodic' && (
          <NumberField
            name="periods"
            label={t('periods')}
            description={t('periodsHint')}
            optional
          />
        )}
      </FieldRow>
      <Notice tone="info">
        <Price row={row} /> {t('chargedStays')}
      </Notice>
      <TextField
        name="name"
        label={t('name')}
        description={t('nameHint')}
        autoComplete="off"
        maxLength={60}
      />
      <TextAreaField
        name="reason"
        label={t('reason')}
        description={t('reasonHint')}
        rows={2}
        maxLength={300}
      />
      <FormActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

/** "$12.00 instead of $15.00 a month, until Feb 28, 2027.": as it is typed. */
function Price({ row }: { row: SubscriptionRow }) {
  const t = useTranslations('admin.discount')
  const locale = useLocale()
  const money = useMoney()
  const terms = useTerms()
  const [off, unit, appliesTo, periods] = useWatch({
    name: ['off', 'unit', 'appliesTo', 'periods'],
  })
  const price = discountedPrice(row, { off, unit, appliesTo, periods })
  const { currency } = row
  const said = (amount: string) => money(amount, currency)

  return (
    <span aria-live="polite" suppressHydrationWarning className="font-medium">
      {price &&
        (appliesTo === 'activation'
          ? t('priceOnce', { after: said(price.after), before: said(price.before) })
          : t('price', {
              after: said(price.after),
              before: terms.price(price.before, currency, row.period),
              until: price.until ? formatDay(locale, price.until) : 'none',
            }))}
      {price?.besides && ` ${t('besides')}`}
    </span>
  )
}
