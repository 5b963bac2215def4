import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { FieldRow } from '#components/form/form.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextField } from '#components/form/text-field.tsx'

/** What a discount takes off: a part, or an amount in a currency. */
export function OffFields({ currency }: { currency: string }) {
  const t = useTranslations('admin.discount')
  const unit = useWatch({ name: 'unit' })
  return (
    <FieldRow>
      <TextField
        name="off"
        label={t('off')}
        inputMode="decimal"
        autoComplete="off"
        suffix={unit === 'amount' ? currency : '%'}
        maxLength={15}
      />
      <SelectField
        name="unit"
        label={t('unit')}
        autoComplete="off"
        placeholder={null}
        options={(['percent', 'amount'] as const).map((value) => ({
          value,
          label: t(`units.${value}`, { currency }),
        }))}
      />
    </FieldRow>
  )
}

/** Of which fee. */
export function OfField() {
  const t = useTranslations('admin.discount')
  return (
    <SelectField
      name="appliesTo"
      label={t('appliesTo')}
      autoComplete="off"
      placeholder={null}
      options={(['periodic', 'activation'] as const).map((value) => ({
        value,
        label: t(`of.${value}`),
      }))}
    />
  )
}
