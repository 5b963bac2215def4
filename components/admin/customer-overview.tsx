import { useLocale, useTranslations } from 'next-intl'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { Card, Facts } from '#components/ui/card.tsx'
import { PlacesMeter } from '#components/ui/meter.tsx'
import { Money, PhoneNumber } from '#components/ui/money.tsx'
import { Moment } from '#components/ui/time.tsx'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { CustomerView } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ customer: CustomerView; places: readonly PlacesView[] }>

/** One customer at a glance: whom to call, what is owed, what is in use. */
export function CustomerOverview({ customer, places }: Props) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Contact customer={customer} />
      <div className="grid gap-6">
        <Balance customer={customer} />
        <Accounts customer={customer} />
        <Places customer={customer.customer} places={places} />
      </div>
    </div>
  )
}

function Contact({ customer }: { customer: CustomerView }) {
  const t = useTranslations('admin.customer')
  const language = new Intl.DisplayNames([useLocale()], { type: 'language' })
  const none = t('none')

  return (
    <Card title={t('contact')}>
      <Facts
        items={[
          { label: t('company'), value: customer.name },
          { label: t('person'), value: customer.person || none },
          {
            label: t('email'),
            value: customer.email ? (
              <a className="break-all underline" href={`mailto:${customer.email}`}>
                {customer.email}
              </a>
            ) : (
              none
            ),
          },
          {
            label: t('phone'),
            value: customer.phone ? <PhoneNumber number={customer.phone} /> : none,
          },
          {
            label: t('address'),
            value: (
              <span className="grid">
                {customer.address.map((line) => (
                  <span key={line}>{line}</span>
                ))}
              </span>
            ),
          },
          { label: t('vatId'), value: customer.vatId ?? none },
          { label: t('language'), value: language.of(customer.locale) ?? customer.locale },
          { label: t('timeZone'), value: customer.timeZone },
          { label: t('class'), value: customer.customerClass },
          ...(customer.parent
            ? [
                {
                  label: t('parent'),
                  value: (
                    <TextLink href={paths.customer(customer.parent.customer)}>
                      {customer.parent.name}
                    </TextLink>
                  ),
                },
              ]
            : []),
          { label: t('since'), value: <Moment at={customer.since} /> },
        ]}
      />
    </Card>
  )
}

function Balance({ customer: { balance, currency, creditLimit } }: { customer: CustomerView }) {
  const t = useTranslations('admin.customer')
  const owed = /[1-9]/.test(balance)
  const credit = balance.startsWith('-')

  return (
    <Card title={t('money')}>
      <p className="mb-4">
        <Money
          amount={credit ? balance.slice(1) : balance}
          currency={currency}
          className="text-2xl font-semibold"
        />
        <span className="ms-2 text-sm text-muted">
          {owed ? t(credit ? 'credit' : 'owed') : t('even')}
        </span>
      </p>
      <Facts
        items={[
          {
            label: t('creditLimit'),
            value:
              creditLimit === null ? (
                t('noLimit')
              ) : (
                <Money amount={creditLimit} currency={currency} />
              ),
          },
          { label: t('currency'), value: currency },
        ]}
      />
    </Card>
  )
}

function Accounts({ customer }: { customer: CustomerView }) {
  const t = useTranslations('admin.customer')
  return (
    <Card
      title={t('accountsTitle')}
      actions={
        <LinkButton size="sm" href={paths.customerAccounts(customer.customer)}>
          {t('toAccounts')}
        </LinkButton>
      }
    >
      <Facts
        items={[
          { label: t('live'), value: customer.accounts },
          { label: t('waiting'), value: customer.waiting },
          { label: t('blocked'), value: customer.blocked },
        ]}
      />
    </Card>
  )
}

function Places({ customer, places }: { customer: number; places: readonly PlacesView[] }) {
  const t = useTranslations('admin.customer')
  return (
    <Card
      title={t('places')}
      actions={
        <LinkButton size="sm" href={paths.agreement(customer)}>
          {t('toAgreement')}
        </LinkButton>
      }
    >
      {places.length === 0 ? (
        <p className="text-sm text-muted">{t('noPlaces')}</p>
      ) : (
        <div className="grid gap-4">
          {places.map((place) => (
            <PlacesMeter
              key={place.product}
              label={place.name}
              used={place.used}
              quantity={place.quantity}
            />
          ))}
        </div>
      )}
    </Card>
  )
}
