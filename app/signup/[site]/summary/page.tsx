import { demandStep, loadSite, stepMetadata } from '#components/signup/load.ts'
import { StepPage } from '#components/signup/step-page.tsx'
import { SummaryStep } from '#components/signup/summary-step.tsx'
import { SummaryDescription, SummaryTitle } from '#components/signup/summary-title.tsx'

type Props = Readonly<{ params: Promise<{ site: string }> }>

export async function generateMetadata({ params }: Props) {
  return stepMetadata((await params).site, 'summary')
}

export default async function SummaryPage({ params }: Props) {
  const { site: slug } = await params
  const [site, draft] = await Promise.all([loadSite(slug), demandStep(slug, 'summary')])

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
