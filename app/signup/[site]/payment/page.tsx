import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { demandStep, loadSite } from '#components/signup/load.ts'
import { PaymentStep } from '#components/signup/payment-step.tsx'
import { StepPage } from '#components/signup/step-page.tsx'

type Props = Readonly<{ params: Promise<{ site: string }> }>

export async function generateMetadata({ params }: Props) {
  const site = await loadSite((await params).site)
  const t = await getTranslations('signup.titles')
  return { title: t('page', { step: t('payment'), site: site?.title ?? '' }) }
}

export default async function PaymentPage({ params }: Props) {
  const { site: slug } = await params
  const [site, draft, t] = await Promise.all([
    loadSite(slug),
    demandStep(slug, 'payment'),
    getTranslations('signup.payment'),
  ])
  if (!site) notFound()

  return (
    <StepPage
      site={site}
      step="payment"
      draft={draft}
      title={t('title')}
      description={t('description')}
    >
      <PaymentStep />
    </StepPage>
  )
}
