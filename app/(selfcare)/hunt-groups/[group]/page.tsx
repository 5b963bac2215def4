import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { GroupPage } from '#components/pbx/group-page.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'

type Props = Readonly<{ params: Promise<{ group: string }> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.groups')
  return { title: t('title') }
}

export default async function HuntGroupPage({ params }: Props) {
  await signedIn('customer')
  const { group } = await params
  if (!/^[1-9]\d{0,8}$/.test(group)) notFound()
  const found = await asked(api().pbx.group.query({ group: Number(group) }))

  return <GroupPage group={found} />
}
