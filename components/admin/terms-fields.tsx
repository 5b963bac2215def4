'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { FieldRow } from '#components/form/form.tsx'
import { NumberField } from '#components/form/number-field.tsx'
import { RadioCards } from '#components/form/radio-cards.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { useTerms } from '#components/ui/terms.ts'
import { periodUnits, prorations, type Terms, termFields } from '#server/catalog/schema.ts'

const years = 'year'
const units = [...periodUnits, years] as const

/** Terms as a form holds them: what is a yes or no elsewhere is one of two here. */
export const termsForm = {
  every: termFields.periodCount,
  unit: z.enum(units),
  due: z.enum(['advance', 'arrears']),
  anchored: termFields.anchored,
  proration: termFields.proration,
  endsAfter: termFields.term,
}
type TermsForm = z.output<z.ZodObject<typeof termsForm>>

/** The longest period there is, in years. */
const maxYears = 5

/** No more years than a period may have months. */
export const areTerms = ({ every, unit }: TermsForm) => unit !== years || every <= maxYears
export const termsFault = { path: ['every'], error: 'years' }

export const toTerms = (form: TermsForm): Terms => ({
  period: form.unit === years ? 'month' : form.unit,
  periodCount: form.unit === years ? form.every * 12 : form.every,
  anchored: form.anchored,
  inAdvance: form.due === 'advance',
  proration: form.proration,
  term: form.endsAfter,
})

export function fromTerms({ period, periodCount, inAdvance, anchored, proration, term }: Terms) {
  const isYears = period === 'month' && periodCount % 12 === 0
  return {
    every: isYears ? periodCount / 12 : periodCount,
    unit: isYears ? years : period,
    due: inAdvance ? 'advance' : 'arrears',
    anchored,
    proration,
    endsAfter: term,
  } as const
}

/** When a fee is due, and what of it. Closed as long as it is said in its heading. */
export function TermsFields() {
  const t = useTranslations('admin.terms')
  const said = useSaid()
  const { errors } = useFormContext().formState
  const faulty = Object.keys(termsForm).some((name) => name in errors)
  const [open, setOpen] = useState(false)

  return (
    <details
      open={open || faulty || undefined}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-[0.75rem] border border-border"
    >
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-[0.75rem] p-4 text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 flex-none group-open:rotate-90" />
        <span className="font-medium">{t('title')}</span>
        <span className="min-w-0 text-muted">{said}</span>
      </summary>
      <div className="grid gap-5 border-t border-separator p-4">
        <FieldRow>
          <NumberField name="every" label={t('every')} />
          <SelectField
            name="unit"
            label={t('unit')}
            autoComplete="off"
            placeholder={null}
            options={units.map((value) => ({
              value,
              label: t(`units.${value}`),
            }))}
          />
        </FieldRow>
        <RadioCards
          name="due"
          label={t('due')}
          columns={2}
          options={(['advance', 'arrears'] as const).map((value) => ({
            value,
            label: t(`dues.${value}`),
            description: t(`dueTexts.${value}`),
          }))}
        />
        <RadioCards
          name="anchored"
          label={t('anchored')}
          columns={2}
          options={(['customer', 'start'] as const).map((value) => ({
            value,
            label: t(`anchors.${value}`),
            description: t(`anchorTexts.${value}`),
          }))}
        />
        <RadioCards
          name="proration"
          label={t('proration')}
          options={prorations.map((value) => ({
            value,
            label: t(`prorations.${value}`),
            description: t(`prorationTexts.${value}`),
          }))}
        />
        <NumberField
          name="endsAfter"
          label={t('endsAfter')}
          description={t('endsAfterHint')}
          optional
        />
      </div>
    </details>
  )
}

/** The terms so far, in a line: "every 3 months, in arrears". */
function useSaid(): string {
  const words = useTerms()
  const [every, unit, due, anchored, proration, endsAfter] = useWatch({
    name: ['every', 'unit', 'due', 'anchored', 'proration', 'endsAfter'],
  })
  const typed = z.object(termsForm).safeParse({ every, unit, due, anchored, proration, endsAfter })
  if (!typed.success) return ''
  const terms = toTerms(typed.data)
  return [words.each(terms), words.due(terms), ...words.unusual(terms)].join(', ')
}
