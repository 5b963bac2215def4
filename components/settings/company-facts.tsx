import { useLocale, useTranslations } from 'next-intl'
import { Card, Facts } from '#components/ui/card.tsx'
import { PhoneNumber } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { CompanyView } from '#server/customers/schema.contact.ts'
import type { Me } from '#server/customers/schema.ts'

/** The same for whom it isn't to be changed, and why. */
export function ContactFacts({ contact }: Pick<CompanyView, 'contact'>) {
  const t = useTranslations('settings.company')
  const label = useTranslations('form.address')
  const common = useTranslations('common')
  const region = new Intl.DisplayNames([useLocale()], { type: 'region' })
  const { line1, line2, city, state, postalCode, country, firstName, lastName } = contact
  const lines = [
    line1,
    line2,
    [city, state, postalCode].filter(Boolean).join(' '),
    country && region.of(country),
  ].filter(Boolean)
  const none = t('none')

  return (
    <div className="grid gap-5">
      <Notice tone="info">{common('notMine')}</Notice>
      <Facts
        items={[
          { label: t('person'), value: [firstName, lastName].filter(Boolean).join(' ') || none },
          { label: label('email'), value: contact.email ?? none },
          {
            label: label('phone'),
            value: contact.phone ? <PhoneNumber number={contact.phone} /> : none,
          },
          {
            label: t('address'),
            value:
              lines.length > 0 ? (
                <span className="grid">
                  {lines.map((line) => (
                    <span key={line}>{line}</span>
                  ))}
                </span>
              ) : (
                none
              ),
          },
          { label: label('vatId'), value: contact.vatId ?? none },
        ]}
      />
    </div>
  )
}

type KeptProps = Readonly<{ company: CompanyView; provider: string; support: Me['support'] }>

/** What isn't the customer's to change, and who does. */
export function KeptFacts({ company, provider, support: { email } }: KeptProps) {
  const t = useTranslations('settings.company')
  const locale = useLocale()
  const language = new Intl.DisplayNames([locale], { type: 'language' })
  const currency = new Intl.DisplayNames([locale], { type: 'currency' })

  return (
    <Card
      title={t('kept')}
      description={t.rich('keptText', {
        provider,
        email,
        mail: (text) => (
          <a className="text-accent-text underline" href={`mailto:${email}`}>
            {text}
          </a>
        ),
      })}
    >
      <Facts
        items={[
          { label: t('company'), value: company.name },
          { label: t('number'), value: <span className="figures">{company.customer}</span> },
          { label: t('currency'), value: currency.of(company.currency) ?? company.currency },
          { label: t('timeZone'), value: company.timeZone.replaceAll('_', ' ') },
          { label: t('language'), value: language.of(company.locale) ?? company.locale },
        ]}
      />
    </Card>
  )
}
