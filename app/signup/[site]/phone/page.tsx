import { getTranslations } from 'next-intl/server'
import { demandStep, loadSite, stepMetadata } from '#components/signup/load.ts'
import { PhoneStep } from '#components/signup/phone-step.tsx'
import { StepPage } from '#components/signup/step-page.tsx'
import { queryClient, trpc } from '#components/trpc/server.tsx'

type Props = Readonly<{ params: Promise<{ site: string }> }>

export async function generateMetadata({ params }: Props) {
  return stepMetadata((await params).site, 'phone')
}

export default async function PhonePage({ params }: Props) {
  const { site: slug } = await params
  const [site, draft, t] = await Promise.all([
    loadSite(slug),
    demandStep(slug, 'phone'),
    getTranslations('signup.phone'),
    queryClient().prefetchQuery(trpc().signup.findNumbers.queryOptions({ site: slug, page: 0 })),
  ])

  return (
    <StepPage
      site={site}
      step="phone"
      draft={draft}
      title={t('title')}
      description={t('description')}
    >
      <PhoneStep />
    </StepPage>
  )
}
