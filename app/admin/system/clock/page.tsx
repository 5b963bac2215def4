import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ClockPanel } from '#components/clock/clock-panel.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Messages } from '#i18n/messages.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('clock')
  return { title: t('title') }
}

export default async function ClockPage() {
  const me = await signedIn('admin')
  if (!me.sandbox) notFound()
  const [t, status] = await Promise.all([
    getTranslations('clock'),
    asked(api().clock.status.query()),
  ])

  return (
    <Messages of={['clock']}>
      <PageHeader title={t('title')} description={t('text')} />
      <ClockPanel initial={status} />
    </Messages>
  )
}
