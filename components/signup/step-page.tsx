import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { WizardShell } from '#components/layout/wizard-shell.tsx'
import { Hydrate } from '#components/trpc/server.tsx'
import { paths, type SignupStep, signupSteps } from '#server/kernel/routes.ts'
import type { DraftView, SiteView } from '#server/signup/schema.ts'
import { Elsewhere } from './elsewhere.tsx'
import { FocusHeading } from './focus-heading.tsx'
import { HoldBox } from './hold-box.tsx'
import { OrderSummary, OrderTotal } from './order-summary.tsx'
import { SiteLinks } from './site-links.tsx'
import { StayOnStep } from './stay-on-step.tsx'
import { stepFor } from './steps.ts'

type Props = Readonly<{
  site: SiteView
  step: SignupStep
  /** Null before a plan has been chosen. */
  draft: DraftView | null
  title: ReactNode
  description?: ReactNode
  /** Beside the step what it adds up to; not where the step itself says so. */
  withSummary?: boolean
  children: ReactNode
}>

/** A step of the wizard: rendered with its data, then kept up to date by the browser. */
export async function StepPage(props: Props) {
  const { site, step, draft, title, description, withSummary = true, children } = props
  const t = await getTranslations('signup')
  const steps = signupSteps.map((id) => ({
    id,
    label: t(`steps.${id}`),
    href: stepFor(draft, id) === id ? paths.signup(site.site, id) : undefined,
  }))

  return (
    <Hydrate>
      <WizardShell
        brand={{ title: site.title, accent: site.accent, logoUrl: site.logo }}
        languages={site.locales}
        steps={steps}
        current={step}
        title={title}
        description={description}
        summary={
          draft && withSummary ? { total: <OrderTotal />, content: <OrderSummary /> } : undefined
        }
        below={<HoldBox step={step} />}
        footer={<SiteLinks site={site} />}
      >
        <FocusHeading />
        <StayOnStep step={step} />
        {children}
        {step !== 'done' && <Elsewhere />}
      </WizardShell>
    </Hydrate>
  )
}
