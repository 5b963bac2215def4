import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AttendantPage } from '#components/pbx/attendant-page.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'

type Props = Readonly<{ params: Promise<{ account: string }> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.attendants')
  return { title: t('title') }
}

export default async function AutoAttendantPage({ params }: Props) {
  const me = await signedIn('customer')
  const { account } = await params
  if (!/^[1-9]\d{0,8}$/.test(account)) notFound()
  const [attendant, groups] = await asked(
    Promise.all([
      api().pbx.attendant.query({ account: Number(account) }),
      api().pbx.groups.query(),
    ]),
  )

  return <AttendantPage attendant={attendant} groups={groups} company={me.customer?.name ?? ''} />
}
