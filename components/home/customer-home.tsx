import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { PlacesMeter } from '#components/ui/meter.tsx'
import { Money } from '#components/ui/money.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Badge } from '#components/ui/status-chip.tsx'
import { useTerms } from '#components/ui/terms.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { BalanceView } from '#server/billing/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import type { Happening } from '#server/events/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import type { NumberCounts } from '#server/numbers/schema.places.ts'
import { Attention } from './attention.tsx'
import { WhatHappened } from './what-happened.tsx'

type Props = Readonly<{
  me: Me
  places: readonly PlacesView[]
  numbers: NumberCounts
  balance: BalanceView
  /** What the next invoice comes to so far; it may come later than the rest. */
  nextInvoice: ReactNode
  events: readonly Happening[]
}>

/** How things stand, for whoever looks after a customer's phones. */
export function CustomerHome({ me, places, numbers, balance, nextInvoice, events }: Props) {
  const t = useTranslations('home')
  const { customer } = me

  return (
    <>
      <PageHeader
        title={t('hello', { name: me.name.split(/\s+/)[0] ?? me.name })}
        description={customer && t('customer', { name: customer.name, id: String(customer.id) })}
      />
      <div className="grid gap-6">
        <Attention support={me.support} places={places} numbers={numbers} balance={balance} />
        <div className="grid items-start gap-6 lg:grid-cols-[2fr_1fr]">
          <Places places={places} />
          <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-1">
            <Balance balance={balance}>{nextInvoice}</Balance>
            <Numbers numbers={numbers} />
          </div>
        </div>
        <WhatHappened events={events} />
      </div>
    </>
  )
}

function Places({ places }: { places: readonly PlacesView[] }) {
  const t = useTranslations('home.places')
  const words = useTerms()

  return (
    <Card title={t('title')} description={t('text')}>
      {places.length === 0 ? (
        <p className="text-sm text-muted">{t('none')}</p>
      ) : (
        <ul className="grid gap-5">
          {places.map(({ product, name, role, used, quantity, periodic, terms, currency }) => (
            <li key={product}>
              <PlacesMeter
                label={name}
                used={used}
                quantity={quantity}
                hint={
                  <span className="flex items-center gap-2">
                    {role === 'addon' && <Badge>{t('addon')}</Badge>}
                    {/[1-9]/.test(periodic)
                      ? t('each', { price: words.price(periodic, currency, terms) })
                      : t('inPackage')}
                  </span>
                }
              />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

type BalanceProps = Readonly<{ balance: BalanceView; children: ReactNode }>

function Balance({ balance: { balance, currency }, children }: BalanceProps) {
  const t = useTranslations('home.balance')
  const even = !/[1-9]/.test(balance)
  const credit = balance.startsWith('-')

  return (
    <Card title={t('title')} footer={<TextLink href={paths.billing()}>{t('all')}</TextLink>}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Money
          amount={credit ? balance.slice(1) : balance}
          currency={currency}
          className="text-2xl/8 font-semibold tracking-tight"
        />
        <span className="text-sm text-muted">
          {even ? t('even') : credit ? t('credit') : t('owed')}
        </span>
      </p>
      {children}
    </Card>
  )
}

function Numbers({ numbers: { all, free } }: { numbers: NumberCounts }) {
  const t = useTranslations('home.numbers')
  const facts = [
    { label: t('provided'), value: all },
    { label: t('assigned'), value: all - free },
    { label: t('free'), value: free },
  ]

  return (
    <Card title={t('title')} footer={<TextLink href={paths.numbers()}>{t('all')}</TextLink>}>
      <dl className="grid gap-2 text-sm">
        {facts.map(({ label, value }) => (
          <div key={label} className="flex justify-between gap-4">
            <dt className="text-muted">{label}</dt>
            <dd className="figures font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
