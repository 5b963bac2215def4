import { ChevronLeft, ChevronRight, Download, History } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { LinkButton } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import {
  type ActivityPage as Activity,
  type ActivityPerson,
  type ActivityQuery,
  addressOf,
} from '#server/activity/schema.ts'
import { activityFile } from '#server/kernel/routes.ts'
import { ActivityFilters } from './activity-filters.tsx'
import { ActivityList } from './activity-list.tsx'

type Props = Readonly<{
  query: ActivityQuery
  page: Activity
  people: readonly ActivityPerson[]
  /** Of the page it stands on. */
  path: string
}>

/** Who did what, as its address asks for it; for a customer, and for whoever looks after one. */
export function ActivityCard({ query, page, people, path }: Props) {
  const t = useTranslations('activity')
  const filtered = addressOf({ ...query, cursor: null }) !== ''

  return (
    <Card padding="none">
      <ActivityFilters query={query} people={people} />
      {(filtered || query.cursor) && (
        <p className="flex flex-wrap items-center gap-3 border-b border-separator px-4 py-2 text-sm">
          {query.about && (
            <span>{t('about', { about: page.rows[0]?.subject ?? query.about.entityId })}</span>
          )}
          <LinkButton size="sm" variant="ghost" href={path}>
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
          action={filtered ? <LinkButton href={path}>{t('clear')}</LinkButton> : undefined}
        >
          {t(filtered ? 'noneFoundText' : 'emptyText')}
        </EmptyState>
      )}
      <Steps query={query} next={page.next} path={path} />
    </Card>
  )
}

type ExportProps = Readonly<{ query: ActivityQuery; customer?: number }>

/** The same as a file; `customer` is whose it is, for an administrator. */
export function ActivityExport({ query, customer }: ExportProps) {
  const t = useTranslations('activity')
  const asked = new URLSearchParams(addressOf({ ...query, cursor: null }))
  if (customer !== undefined) asked.set('customer', String(customer))

  return (
    <a
      className={buttonClass({})}
      href={asked.size > 0 ? `${activityFile()}?${asked}` : activityFile()}
      download="activity.csv"
    >
      <Download aria-hidden />
      {t('export')}
    </a>
  )
}

type StepsProps = Readonly<{ query: ActivityQuery; next: string | null; path: string }>

/** To what is older, and back to the newest: what is in between has no number that would stay. */
function Steps({ query, next, path }: StepsProps) {
  const t = useTranslations('activity')
  if (!next && !query.cursor) return null
  const href = (cursor: string | null) => {
    const address = addressOf({ ...query, cursor })
    return address ? `${path}?${address}` : path
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
