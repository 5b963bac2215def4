import { getTranslations } from 'next-intl/server'
import { Begun } from '#components/signup/begun.tsx'
import { loadDraft, loadSite, stepMetadata } from '#components/signup/load.ts'
import { PlanCards } from '#components/signup/plan-cards.tsx'
import { StepPage } from '#components/signup/step-page.tsx'

type Props = Readonly<{ params: Promise<{ site: string }> }>

export async function generateMetadata({ params }: Props) {
  return stepMetadata((await params).site, 'plan')
}

export default async function PlanPage({ params }: Props) {
  const { site: slug } = await params
  const [site, found, t] = await Promise.all([
    loadSite(slug),
    loadDraft(slug),
    getTranslations('signup.plans'),
  ])
  const draft = found === 'lapsed' ? null : found

  return (
    <StepPage
      site={site}
      step="plan"
      draft={draft}
      title={site.tagline || t('title')}
      description={t('description', { site: site.title })}
      withSummary={false}
    >
      <div className="grid gap-6">
        <Begun lapsed={found === 'lapsed'} />
        <PlanCards />
      </div>
    </StepPage>
  )
}
