import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { PlainShell } from '#components/layout/plain-shell.tsx'
import { loadSite } from '#components/signup/load.ts'
import { SiteProvider } from '#components/signup/site-context.tsx'
import { DEFAULT_ACCENT } from '#components/theme/brand.ts'
import { locales } from '#i18n/locales.ts'
import { Messages } from '#i18n/messages.tsx'

type Props = Readonly<{ params: Promise<{ site: string }>; children: ReactNode }>

/** What all steps of a site share, and keep while one goes from step to step. */
export default async function SignupLayout({ params, children }: Props) {
  const site = await loadSite((await params).site)
  if (!site) return <Closed />

  return (
    <Messages of={['signup', 'payment']}>
      <SiteProvider site={site} renderedAt={new Date().toISOString()}>
        {children}
      </SiteProvider>
    </Messages>
  )
}

async function Closed() {
  const t = await getTranslations('signup.closed')
  return (
    <PlainShell
      brand={{ title: 'Portico', accent: DEFAULT_ACCENT }}
      languages={locales}
      title={t('title')}
    >
      <p className="text-muted">{t('text')}</p>
    </PlainShell>
  )
}
