import { getTranslations } from 'next-intl/server'
import { DoneStep } from '#components/signup/done-step.tsx'
import { demandStep, loadSite, stepMetadata } from '#components/signup/load.ts'
import { StepPage } from '#components/signup/step-page.tsx'
import { answered, api } from '#components/trpc/server.tsx'

type Props = Readonly<{ params: Promise<{ site: string }> }>

export async function generateMetadata({ params }: Props) {
  return stepMetadata((await params).site, 'done')
}

export default async function DonePage({ params }: Props) {
  const { site: slug } = await params
  const [site, draft] = await Promise.all([loadSite(slug), demandStep(slug, 'done')])
  const [confirmation, t] = await Promise.all([
    answered(api().signup.confirmation.query({ site: slug })),
    getTranslations('signup.done'),
  ])

  return (
    <StepPage
      site={site}
      step="done"
      draft={draft}
      title={t('title')}
      description={t('description', { email: confirmation.email })}
      withSummary={false}
    >
      <DoneStep confirmation={confirmation} />
    </StepPage>
  )
}
