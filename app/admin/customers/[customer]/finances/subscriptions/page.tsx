import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PackageTable } from '#components/admin/package-table.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { customerOf, type Params } from '../../customer.ts'

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.packages')
  return { title: `${t('title')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerSubscriptionsPage({ params }: Params) {
  const { customer } = await customerOf((await params).customer)
  const view = await asked(api().agreements.packages.query({ customer }))
  return <PackageTable customer={customer} view={view} />
}
