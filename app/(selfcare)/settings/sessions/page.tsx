import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { asked } from '#components/session/asked.ts'
import { everyRealm, signedIn } from '#components/session/guard.ts'
import { SessionList } from '#components/settings/session-list.tsx'
import { api } from '#components/trpc/server.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { idleMinutes, sessionHours } from '#server/auth/schema.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings.sessions')
  return { title: t('title') }
}

export default async function SessionsPage() {
  await signedIn(...everyRealm)
  const [t, sessions] = await Promise.all([
    getTranslations('settings.sessions'),
    asked(api().auth.sessions.query()),
  ])

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text', { idle: idleMinutes, hours: sessionHours })}
      />
      <SessionList sessions={sessions} />
    </>
  )
}
