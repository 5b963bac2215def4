'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { CheckboxField } from '#components/form/checkbox-field.tsx'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { MoneyField } from '#components/form/number-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { useMoney } from '#components/ui/money.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import type { BillingSettings } from '#server/customers/schema.settings.ts'
import { paths } from '#server/kernel/routes.ts'
import { shortAmount, zTypedLimit } from './class-values.ts'
import { useChanged } from './use-changed.ts'

const zRules = z.object({
  customerClass: z.string().transform(Number),
  creditLimit: zTypedLimit,
  autoPay: z.boolean(),
})

/** A customer's class, and what it has of its own. */
export function BillingRules({ settings }: { settings: BillingSettings }) {
  const t = useTranslations('admin.billingSettings')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const amountOf = useMoney()
  const changed = useChanged()
  const whyNot = useWhyNotMine()
  const { customer, currency, classes } = settings
  const form = useZodForm(zRules, {
    defaultValues: {
      customerClass: String(settings.customerClass),
      creditLimit: shortAmount(settings.creditLimit),
      autoPay: settings.autoPay,
    },
  })
  const save = useMutation(
    trpc.customers.setBilling.mutationOptions({
      // What it shall be, not what changes: asking twice is asking once.
      trpc: { context: idempotent.context },
      onSuccess: () => changed({ title: t('saved') }),
    }),
  )
  const submitError = useRefusedFields(form, save.error, {
    'customers.class_currency': 'customerClass',
    'customers.class_not_found': 'customerClass',
  })
  const chosen = useWatch({ control: form.control, name: 'customerClass' })
  const rules = classes.find(({ customerClass }) => String(customerClass) === chosen)
  const limit = rules?.creditLimit ?? null

  return (
    <Card title={t('rules')}>
      <Form
        form={form}
        submitError={submitError}
        loading={save.isPending}
        onSubmit={(values) => save.mutate({ customer, ...values })}
      >
        <SelectField
          name="customerClass"
          label={t('class')}
          description={t('classHint', { currency })}
          autoComplete="off"
          placeholder={null}
          options={classes.map(({ customerClass, name }) => ({
            value: String(customerClass),
            label: name,
          }))}
        />
        {rules && (
          <p className="text-sm">
            {t('classSays', {
              due: rules.dueDays,
              suspend: rules.suspendDays === null ? 'never' : String(rules.suspendDays),
            })}{' '}
            <TextLink href={paths.customerClasses()}>{t('toClasses')}</TextLink>
          </p>
        )}
        <MoneyField
          name="creditLimit"
          label={t('creditLimit')}
          description={t('creditLimitHint', {
            limit: limit === null ? 'none' : amountOf(limit, currency),
          })}
          currency={currency}
          placeholder={limit === null ? t('noLimit') : shortAmount(limit)}
          optional
        />
        <CheckboxField name="autoPay" description={t('autoPayHint')}>
          {t('autoPay')}
        </CheckboxField>
        <FormActions>
          <SubmitButton disabledReason={whyNot('customers:write')}>{common('save')}</SubmitButton>
        </FormActions>
      </Form>
    </Card>
  )
}
