import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SubscriptionTable } from '#components/billing/subscription-table.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn } from '../../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.subscriptions')
  return { title: t('title') }
}

export default async function SubscriptionsPage({ searchParams }: Props) {
  await signedIn('customer')
  const page = pageIn(await searchParams)
  const view = await asked(api().billing.subscriptions.query({ page }))

  return (
    <SubscriptionTable
      view={view}
      page={page}
      href={(n) => pageHref(paths.subscriptions(), {}, n)}
    />
  )
}
