import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BlockMonthView } from '#components/blocks/block-month.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { zBlockMonth } from '#server/accounts/schema.blocks.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('blocks')
  return { title: t('title') }
}

export default async function BlocksPage({ searchParams }: Props) {
  await signedIn('customer')
  const query = await searchParams
  const page = pageIn(query)
  // An address that names no month is this month's.
  const month = zBlockMonth.shape.month.safeParse(textIn(query, 'month') || undefined).data
  const [t, shown] = await Promise.all([
    getTranslations('blocks'),
    asked(api().accounts.blocks.month.query({ month, page })),
  ])

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <BlockMonthView
        month={shown}
        page={page}
        href={(to, n) => pageHref(paths.blocks(), { month: to }, n)}
      />
    </>
  )
}
