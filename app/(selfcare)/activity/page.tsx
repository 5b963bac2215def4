import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActivityCard, ActivityExport } from '#components/activity/activity-page.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { queryOf } from '#server/activity/schema.ts'
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

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text', { company: me.customer?.name ?? '', timeZone: page.timeZone })}
        actions={<ActivityExport query={query} />}
      />
      <ActivityCard query={query} page={page} people={people} path={paths.activity()} />
    </>
  )
}
