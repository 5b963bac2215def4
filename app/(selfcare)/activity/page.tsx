import { ChevronLeft, ChevronRight, Download, History } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { ActivityFilters } from '#components/activity/activity-filters.tsx'
import { ActivityList } from '#components/activity/activity-list.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Messages } from '#i18n/messages.tsx'
import { type ActivityQuery, addressOf, queryOf } from '#server/activity/schema.ts'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('activity')
  return { title: t('title') }
}

export default async function ActivityPage({ searchParams }: Props) {
  const me = await signedIn('customer')
  const query = queryOf(await searchParams)
  const [t, page, people] = await Promise.all([
    getTranslations('activity'),
    asked(api().activity.mine.query(query)),
    asked(api().people.list.query()),
  ])
  const filtered = addressOf({ ...query, cursor: null }) !== ''
  const file = addressOf({ ...query, cursor: null })

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text', { company: me.customer?.name ?? '', timeZone: page.timeZone })}
        actions={
          <a
            className={buttonClass({})}
            href={`/activity.csv${file ? `?${file}` : ''}`}
            download="activity.csv"
          >
            <Download aria-hidden />
            {t('export')}
          </a>
        }
      />
      <Card padding="none">
        <Messages of={['activity']}>
          <ActivityFilters query={query} people={people} />
        </Messages>
        {(filtered || query.cursor) && (
          <p className="flex flex-wrap items-center gap-3 border-b border-separator px-4 py-2 text-sm">
            {query.about && (
              <span>{t('about', { about: page.rows[0]?.subject ?? query.about.entityId })}</span>
            )}
            <LinkButton size="sm" variant="ghost" href={paths.activity()}>
              {t('clear')}
            </LinkButton>
          </p>
        )}
        {page.rows.length > 0 ? (
          <ActivityList rows={page.rows} timeZone={page.timeZone} />
        ) : (
          <EmptyState
            icon={<History aria-hidden />}
            title={t(filtered ? 'noneFoundTitle' : 'emptyTitle')}
            action={
              filtered ? <LinkButton href={paths.activity()}>{t('clear')}</LinkButton> : undefined
            }
          >
            {t(filtered ? 'noneFoundText' : 'emptyText')}
          </EmptyState>
        )}
        <Steps query={query} next={page.next} />
      </Card>
    </>
  )
}

/** To what is older, and back to the newest: what is in between has no number that would stay. */
async function Steps({ query, next }: { query: ActivityQuery; next: string | null }) {
  const t = await getTranslations('activity')
  if (!next && !query.cursor) return null
  const href = (cursor: string | null) => {
    const address = addressOf({ ...query, cursor })
    return address ? `${paths.activity()}?${address}` : paths.activity()
  }

  return (
    <nav aria-label={t('pages')} className="flex justify-end gap-2 px-4 py-2.5">
      {query.cursor && (
        <Link href={href(null)} className={buttonClass({ size: 'sm' })}>
          <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
          {t('newest')}
        </Link>
      )}
      {next && (
        <Link href={href(next)} className={buttonClass({ size: 'sm' })}>
          {t('older')}
          <ChevronRight aria-hidden className="rtl:-scale-x-100" />
        </Link>
      )}
    </nav>
  )
}
