import { ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { NotificationList } from '#components/settings/notification-list.tsx'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings.notifications')
  return { title: t('title') }
}

export default async function NotificationsPage() {
  const me = await signedIn('customer')
  const [t, view] = await Promise.all([
    getTranslations('settings.notifications'),
    asked(api().people.notifications.query()),
  ])
  const { email, notices, always } = view

  return (
    <>
      <PageHeader
        title={t('title')}
        description={email ? t('text', { email, company: me.customer?.name ?? '' }) : undefined}
      />
      <div className="grid max-w-3xl gap-6">
        {!email && <Notice tone="warning">{t('noAddress')}</Notice>}
        <Card title={t('chosen')} description={t('chosenText')} padding="none">
          <NotificationList notices={notices} />
        </Card>
        <Card title={t('always')} description={t('alwaysWhy')} padding="none">
          <ul className="divide-y divide-separator border-t border-separator">
            {always.map((kind) => (
              <li key={kind} className="flex items-start gap-4 px-4 py-3 sm:px-5">
                <span className="grid min-w-0 flex-1">
                  <span className="text-sm font-medium">{t(`kinds.${kind}`)}</span>
                  <span className="text-[0.8125rem] text-muted">{t(`kindsText.${kind}`)}</span>
                </span>
                <span className="flex items-center gap-1.5 pt-0.5 text-[0.8125rem] text-muted">
                  <ShieldCheck aria-hidden className="size-4" />
                  {t('alwaysOn')}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  )
}
