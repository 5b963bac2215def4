'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { formatPhone } from '#components/ui/format.ts'
import { useTerms } from '#components/ui/terms.ts'
import { paths, type SignupStep } from '#server/kernel/routes.ts'
import type { Address, DraftView } from '#server/signup/schema.ts'
import type { KeptCard } from './card-kept.ts'
import { CardName } from './payment-step.tsx'
import { useSite } from './site-context.tsx'

type Props = Readonly<{ draft: DraftView; card: KeptCard | undefined }>

/** What was chosen, each with a way to change it and come back here. */
export function Review({ draft, card }: Props) {
  const t = useTranslations('signup.review')
  const words = useTerms()
  const { plan, address, hold, device, quote } = draft

  return (
    <dl className="divide-y divide-separator overflow-clip rounded-[0.75rem] bg-surface shadow-surface">
      {address && (
        <Row label={t('you')} step="address">
          <Person address={address} />
        </Row>
      )}
      <Row label={t('plan')} step="plan">
        <span className="block font-medium">{plan.name}</span>
        <span className="text-muted">
          {quote.recurring.map((due) => (
            <span key={`${due.period} ${due.periodCount} ${due.inAdvance}`} className="block">
              {t('recurring', { price: words.price(due.amount, quote.currency, due) })}
            </span>
          ))}
        </span>
      </Row>
      <Row label={t('number')} step="phone">
        {hold ? (
          <>
            <bdi dir="ltr" className="figures block font-medium">
              {formatPhone(hold.number)}
            </bdi>
            <span className="text-muted">{hold.city}</span>
          </>
        ) : (
          <span className="text-danger-text">{t('noNumber')}</span>
        )}
      </Row>
      {device && (
        <Row label={t('device')} step="phone">
          <span className="flex items-center gap-3">
            <img src={`/devices/${device.picture}`} alt="" className="size-10" />
            <span className="font-medium">
              {device.vendor} {device.model}
            </span>
          </span>
        </Row>
      )}
      <Row label={t('card')} step="payment">
        {card ? (
          <span className="font-medium">
            <CardName kept={card} />
          </span>
        ) : (
          <span className="text-muted">{t('noCard')}</span>
        )}
      </Row>
    </dl>
  )
}

type RowProps = Readonly<{ label: string; step: SignupStep; children: ReactNode }>

function Row({ label, step, children }: RowProps) {
  const t = useTranslations('signup.review')
  const { site } = useSite()
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 px-4 py-3.5 text-sm sm:grid-cols-[8rem_1fr_auto] sm:px-5">
      <dt className="text-muted max-sm:col-start-1">{label}</dt>
      <dd className="min-w-0 break-words max-sm:col-start-1">{children}</dd>
      <dd className="max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1">
        <Link
          href={`${paths.signup(site.site, step)}?back=summary`}
          className="inline-flex min-h-6 items-center rounded-[0.1875rem] text-accent-text underline decoration-1 underline-offset-3 hover:decoration-2"
        >
          {t('change')}
          <span className="sr-only"> {label}</span>
        </Link>
      </dd>
    </div>
  )
}

function Person({ address }: { address: Address }) {
  const country = new Intl.DisplayNames(useLocale(), { type: 'region' }).of(address.country)
  const { firstName, lastName, companyName, vatId, line1, line2, city, state, postalCode } = address
  const lines = [
    companyName && [companyName, vatId].filter(Boolean).join(' · '),
    [line1, line2].filter(Boolean).join(', '),
    [city, state, postalCode].filter(Boolean).join(' '),
    country,
  ]
  return (
    <>
      <span className="block font-medium">
        {firstName} {lastName}
      </span>
      {lines.filter(Boolean).map((line) => (
        <span key={line} className="block" suppressHydrationWarning>
          {line}
        </span>
      ))}
      <span className="mt-1 block text-muted">{address.email}</span>
      <bdi dir="ltr" className="figures text-muted">
        {formatPhone(address.phone)}
      </bdi>
    </>
  )
}
