import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Brand } from '#components/theme/brand.ts'
import { BrandTokens } from '#components/theme/brand-tokens.tsx'
import { LanguageSwitch } from '#components/theme/preferences.tsx'
import { type Step, Stepper } from '#components/ui/stepper.tsx'
import type { Locale } from '#i18n/locales.ts'
import { BrandMark } from './brand-mark.tsx'
import { MAIN_ID, SkipLink } from './skip-link.tsx'
import { SummaryPanel } from './summary-panel.tsx'

type Props = Readonly<{
  brand: Brand
  languages: readonly Locale[]
  steps: readonly Step[]
  current: string
  title: ReactNode
  description?: ReactNode
  /** The order so far; undefined on steps before there is one. */
  summary: Readonly<{ total: ReactNode; content: ReactNode }> | undefined
  /** Under the summary: the countdown of a held number, a promise of safety. */
  below?: ReactNode
  /** Legal links, support. */
  footer?: ReactNode
  children: ReactNode
}>

/** Signup: the steps on top, the step to the left, the order to the right. */
export function WizardShell(props: Props) {
  const { brand, languages, steps, current, title, description, summary, below, footer } = props
  const t = useTranslations('common')

  return (
    <div className="flex min-h-dvh flex-col">
      <BrandTokens accent={brand.accent} />
      <SkipLink />
      <header className="border-b border-border bg-surface">
        <div className="mx-auto flex min-h-16 max-w-5xl items-center justify-between gap-4 px-4 sm:px-6">
          <BrandMark brand={brand} large />
          <LanguageSwitch languages={languages} />
        </div>
      </header>
      <div className="mx-auto w-full max-w-5xl flex-1 px-4 pt-5 pb-16 sm:px-6 sm:pt-8">
        <Stepper steps={steps} current={current} />
        <div
          className={`mt-6 grid grid-cols-1 gap-6 sm:mt-10 ${summary ? 'lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-12' : ''}`}
        >
          {summary && (
            <aside
              aria-label={t('orderSummary')}
              className="grid min-w-0 grid-cols-1 content-start gap-3 lg:sticky lg:top-6 lg:order-last lg:self-start"
            >
              <SummaryPanel total={summary.total}>{summary.content}</SummaryPanel>
              {below}
            </aside>
          )}
          <main id={MAIN_ID} tabIndex={-1} className="min-w-0 outline-none">
            <h1 className="text-2xl/8 font-semibold tracking-tight sm:text-[1.75rem]/9">{title}</h1>
            {description && <p className="mt-1.5 max-w-xl text-muted">{description}</p>}
            <div className="mt-6">{props.children}</div>
          </main>
        </div>
      </div>
      {footer && (
        <footer className="border-t border-border">
          <div className="mx-auto flex max-w-5xl flex-wrap gap-x-6 gap-y-1 px-4 py-5 text-sm text-muted sm:px-6 [&_a]:inline-flex [&_a]:min-h-6 [&_a]:items-center [&_a]:hover:text-foreground">
            {footer}
          </div>
        </footer>
      )}
    </div>
  )
}
