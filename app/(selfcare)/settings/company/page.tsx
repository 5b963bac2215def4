import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { countryOptions } from '#components/form/regions.ts'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { ContactFacts, KeptFacts } from '#components/settings/company-facts.tsx'
import { CompanyForm } from '#components/settings/company-form.tsx'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Messages } from '#i18n/messages.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings.company')
  return { title: t('title') }
}

export default async function CompanyPage() {
  const me = await signedIn('customer')
  const [t, locale, company] = await Promise.all([
    getTranslations('settings.company'),
    getLocale(),
    asked(api().customers.company.query()),
  ])
  const { contact, name } = company
  const mine = me.rights.includes('customer:write')

  return (
    <Messages of={['settings']}>
      <PageHeader
        title={t('title')}
        description={t('text', { provider: me.brand.title, company: name })}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card title={t('contact')}>
          {mine ? (
            <CompanyForm
              contact={contact}
              countries={countryOptions(locale, contact.country ? [contact.country] : [])}
            />
          ) : (
            <ContactFacts contact={contact} />
          )}
        </Card>
        <KeptFacts company={company} provider={me.brand.title} support={me.support} />
      </div>
    </Messages>
  )
}
