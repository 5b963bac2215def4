'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { FieldRow } from '#components/form/form.tsx'
import { MoneyField } from '#components/form/number-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { currencies } from '#server/catalog/schema.ts'
import { TermsFields } from './terms-fields.tsx'

type Props = Readonly<{ activationHint: string; periodicHint?: string }>

/** What something costs, once and again and again, and when that is due. */
export function FeesFields({ activationHint, periodicHint }: Props) {
  const t = useTranslations('admin.product')
  const currency: unknown = useWatch({ name: 'currency' })
  const known = currencies.find((each) => each === currency) ?? currencies[0]

  return (
    <>
      <FieldRow>
        <SelectField
          name="currency"
          label={t('currency')}
          autoComplete="off"
          placeholder={null}
          options={currencies.map((each) => ({ value: each, label: each }))}
        />
        <MoneyField
          name="activationFee"
          label={t('activation')}
          description={activationHint}
          currency={known}
        />
        <MoneyField
          name="periodicFee"
          label={t('periodic')}
          description={periodicHint}
          currency={known}
        />
      </FieldRow>
      <TermsFields />
    </>
  )
}
