import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CardOnFile } from '#components/billing/card-on-file.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.card')
  return { title: t('title') }
}

export default async function CardPage() {
  await signedIn('customer')
  return <CardOnFile page={await asked(api().billing.card.query())} />
}
