'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { brandName } from '#components/payment/brand-name.ts'
import { Card, Facts } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { Money } from '#components/ui/money.tsx'
import type { Confirmation } from '#server/signup/schema.ts'
import { Credentials } from './credentials.tsx'
import { OpenSelfcare } from './open-selfcare.tsx'
import { PhoneSetup } from './phone-setup.tsx'

/** The line is there: its number, how to use it, and the way into self-care. */
export function DoneStep({ confirmation }: { confirmation: Confirmation }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid gap-6">
        <Hero confirmation={confirmation} />
        <Credentials waiting={confirmation.credentialsWaiting} login={confirmation.login} />
        <PhoneSetup device={confirmation.device} />
      </div>
      <Receipt confirmation={confirmation} />
    </div>
  )
}

function Hero({ confirmation }: { confirmation: Confirmation }) {
  const t = useTranslations('signup.done')
  const { number, planName } = confirmation
  return (
    <section className="grid gap-5 rounded-[0.75rem] bg-surface p-6 shadow-surface sm:p-8">
      <div>
        <p className="flex items-center gap-2 text-sm font-medium text-success-text">
          <CircleCheck aria-hidden className="size-4" />
          {t('active', { plan: planName })}
        </p>
        <p className="mt-3 text-sm text-muted">{t('yourNumber')}</p>
        <p className="flex items-center gap-1 sm:gap-2">
          <bdi
            dir="ltr"
            className="text-2xl font-semibold tracking-tight min-[25rem]:text-3xl sm:text-4xl"
          >
            {formatPhone(number)}
          </bdi>
          <CopyButton value={`+${number}`} label={t('numberLabel')} />
        </p>
      </div>
      <OpenSelfcare />
    </section>
  )
}

function Receipt({ confirmation }: { confirmation: Confirmation }) {
  const t = useTranslations('signup.done')
  const { accountId, extension, customer, invoice, paid, currency, card, email } = confirmation
  const items = [
    { label: t('accountId'), value: accountId },
    { label: t('extension'), value: extension },
    { label: t('customer'), value: String(customer) },
    { label: t('invoice'), value: invoice },
    { label: t('paid'), value: <Money amount={paid} currency={currency} /> },
    {
      label: t('card'),
      value: card.last4
        ? t('ending', { brand: brandName(card.brand) ?? '', last4: card.last4 })
        : null,
    },
  ]
  return (
    <Card title={t('details')} description={t('mailed', { email })}>
      <Facts
        items={items.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]))}
      />
    </Card>
  )
}
