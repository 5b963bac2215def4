'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useFormState } from 'react-hook-form'
import { FieldRow } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'

/** For a company: out of the way of everybody else. Opens by itself where something is wrong. */
export function CompanyFields({ open }: { open: boolean }) {
  const t = useTranslations('signup.address')
  const label = useTranslations('form.address')
  const { errors } = useFormState({ name: ['companyName', 'vatId'] })
  const faulty = Boolean(errors.companyName || errors.vatId)

  return (
    <details open={open || faulty || undefined} className="group">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1.5 rounded-[0.25rem] py-1 text-sm font-medium text-accent-text [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 transition-transform group-open:rotate-90 rtl:-scale-x-100"
        />
        {t('forCompany')}
      </summary>
      <div className="mt-3">
        <FieldRow>
          <TextField
            name="companyName"
            label={label('companyName')}
            optional
            autoComplete="organization"
            maxLength={120}
          />
          <TextField
            name="vatId"
            label={label('vatId')}
            description={label('vatWhy')}
            optional
            autoComplete="off"
            maxLength={30}
          />
        </FieldRow>
      </div>
    </details>
  )
}
