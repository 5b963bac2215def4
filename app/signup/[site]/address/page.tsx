import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { AddressForm } from '#components/signup/address-form.tsx'
import { countryOf, signupCountries } from '#components/signup/countries.ts'
import { demandStep, loadSite, stepMetadata } from '#components/signup/load.ts'
import { StepPage } from '#components/signup/step-page.tsx'

type Props = Readonly<{ params: Promise<{ site: string }> }>

export async function generateMetadata({ params }: Props) {
  return stepMetadata((await params).site, 'address')
}

export default async function AddressPage({ params }: Props) {
  const { site: slug } = await params
  const [site, draft, t, locale, head] = await Promise.all([
    loadSite(slug),
    demandStep(slug, 'address'),
    getTranslations('signup.address'),
    getLocale(),
    headers(),
  ])
  const country = countryOf(head.get('accept-language'))

  return (
    <StepPage
      site={site}
      step="address"
      draft={draft}
      title={t('title')}
      description={t('description')}
    >
      <AddressForm countries={signupCountries(locale, country)} country={country} />
    </StepPage>
  )
}
