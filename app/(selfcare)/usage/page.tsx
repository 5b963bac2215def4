import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { UsageView } from '#components/usage/usage-view.tsx'
import { Messages } from '#i18n/messages.tsx'
import { usageQueryOf } from '#server/usage/schema.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('usage')
  return { title: t('title') }
}

export default async function UsagePage({ searchParams }: Props) {
  const me = await signedIn('customer', 'account')
  const query = usageQueryOf(await searchParams)
  const page = await asked(api().usage.mine.query(query))

  return (
    <Messages of={['usage']}>
      <UsageView page={page} query={query} ofLine={me.realm === 'account'} />
    </Messages>
  )
}
