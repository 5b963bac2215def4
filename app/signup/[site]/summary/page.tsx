import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { demandStep, loadSite } from '#components/signup/load.ts'
import { StepPage } from '#components/signup/step-page.tsx'
import { SummaryStep } from '#components/signup/summary-step.tsx'
import { SummaryDescription, SummaryTitle } from '#components/signup/summary-title.tsx'

type Props = Readonly<{ params: Promise<{ site: string }> }>

export async function generateMetadata({ params }: Props) {
  const site = await loadSite((await params).site)
  const t = await getTranslations('signup.titles')
  return { title: t('page', { step: t('summary'), site: site?.title ?? '' }) }
}

export default async function SummaryPage({ params }: Props) {
  const { site: slug } = await params
  const [site, draft] = await Promise.all([loadSite(slug), demandStep(slug, 'summary')])
  if (!site) notFound()

  return (
    <StepPage
      site={site}
      step="summary"
      draft={draft}
      title={<SummaryTitle />}
      description={<SummaryDescription />}
    >
      <SummaryStep />
    </StepPage>
  )
}
