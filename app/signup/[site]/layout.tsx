import type { ReactNode } from 'react'
import { ClosedSite } from '#components/signup/closed-site.tsx'
import { isShut, loadSite } from '#components/signup/load.ts'
import { SiteProvider } from '#components/signup/site-context.tsx'
import { Messages } from '#i18n/messages.tsx'

type Props = Readonly<{ params: Promise<{ site: string }>; children: ReactNode }>

/** What all steps of a site share, and keep while one goes from step to step. */
export default async function SignupLayout({ params, children }: Props) {
  const { site: slug } = await params
  const site = await loadSite(slug)
  if (await isShut(slug)) return <ClosedSite site={site} />

  return (
    <Messages anonymous of={['signup', 'payment', 'terms']}>
      <SiteProvider site={site} renderedAt={new Date().toISOString()}>
        {children}
      </SiteProvider>
    </Messages>
  )
}
