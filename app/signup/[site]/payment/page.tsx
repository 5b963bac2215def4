import { getTranslations } from 'next-intl/server'
import { demandStep, loadSite, stepMetadata } from '#components/signup/load.ts'
import { PaymentStep } from '#components/signup/payment-step.tsx'
import { StepPage } from '#components/signup/step-page.tsx'
import { PaymentDescription } from '#components/signup/summary-title.tsx'

type Props = Readonly<{ params: Promise<{ site: string }> }>

export async function generateMetadata({ params }: Props) {
  return stepMetadata((await params).site, 'payment')
}

export default async function PaymentPage({ params }: Props) {
  const { site: slug } = await params
  const [site, draft, t] = await Promise.all([
    loadSite(slug),
    demandStep(slug, 'payment'),
    getTranslations('signup.payment'),
  ])

  return (
    <StepPage
      site={site}
      step="payment"
      draft={draft}
      title={t('title')}
      description={<PaymentDescription />}
    >
      <PaymentStep />
    </StepPage>
  )
}
