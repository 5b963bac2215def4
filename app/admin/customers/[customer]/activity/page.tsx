import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActivityCard, ActivityExport } from '#components/activity/activity-page.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { queryOf } from '#server/activity/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { customerOf, type Params } from '../customer.ts'

type Props = Params &
  Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('activity')
  return { title: `${t('title')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerActivityPage({ params, searchParams }: Props) {
  const { customer, name } = await customerOf((await params).customer)
  const query = queryOf(await searchParams)
  const [t, page, people] = await Promise.all([
    getTranslations('activity'),
    asked(api().activity.ofCustomer.query({ ...query, customer })),
    asked(api().activity.people.query({ customer })),
  ])

  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-2xl text-sm text-muted">
          {t('text', { company: name, timeZone: page.timeZone })}
        </p>
        <ActivityExport query={query} customer={customer} />
      </div>
      <ActivityCard
        query={query}
        page={page}
        people={people}
        path={paths.customerActivity(customer)}
      />
    </>
  )
}
