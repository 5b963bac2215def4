import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BlockedDays } from '#components/billing/blocked-days.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn } from '../../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.blockedDays')
  return { title: t('title') }
}

export default async function BlockedDaysPage({ searchParams }: Props) {
  await signedIn('customer')
  const page = pageIn(await searchParams)
  const view = await asked(api().billing.blockedDays.query({ page }))

  return <BlockedDays view={view} page={page} href={(n) => pageHref(paths.blockedDays(), {}, n)} />
}
