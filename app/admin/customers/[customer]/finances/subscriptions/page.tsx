import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PackageTable } from '#components/admin/package-table.tsx'
import { RunningTable } from '#components/admin/running-table.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { pageIn } from '../../../../../(selfcare)/list-query.ts'
import { customerOf, type Params } from '../../customer.ts'

type Props = Params &
  Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.packages')
  return { title: `${t('title')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerSubscriptionsPage({ params, searchParams }: Props) {
  const { customer } = await customerOf((await params).customer)
  const page = pageIn(await searchParams)
  const [view, running] = await Promise.all([
    asked(api().agreements.packages.query({ customer })),
    asked(api().billing.subscriptionsFor.query({ customer, page })),
  ])
  return (
    <div className="grid gap-6">
      <PackageTable customer={customer} view={view} />
      <RunningTable customer={customer} view={running} page={page} />
    </div>
  )
}
