import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AgreementHistory } from '#components/admin/agreement-history.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { customerOf, type Params } from '../../../customer.ts'

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.agreement')
  return { title: `${t('history')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function AgreementHistoryPage({ params }: Params) {
  const { customer } = await customerOf((await params).customer)
  const changes = await asked(api().agreements.history.query({ customer }))
  return (
    <Card padding="none">
      <AgreementHistory changes={changes} />
    </Card>
  )
}
