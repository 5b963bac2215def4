import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Upcoming } from '#components/billing/upcoming.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn } from '../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.tabs')
  return { title: t('upcoming') }
}

export default async function BillingPage({ searchParams }: Props) {
  await signedIn('customer')
  const page = pageIn(await searchParams)
  const [upcoming, invoices] = await asked(
    Promise.all([api().billing.upcoming.query(), api().billing.invoices.query({ state: 'open' })]),
  )

  return (
    <Upcoming
      upcoming={upcoming}
      invoices={invoices}
      page={page}
      href={(n) => pageHref(paths.billing(), {}, n)}
    />
  )
}
