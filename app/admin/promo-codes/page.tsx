import { TicketPercent } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddPromoButton } from '#components/admin/promo-dialog.tsx'
import { PromoTable } from '#components/admin/promo-table.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.promos')
  return { title: t('title') }
}

/** What prospects enter to pay less. */
export default async function PromosPage() {
  await signedIn('admin')
  const [t, { rows, sites }] = await Promise.all([
    getTranslations('admin.promos'),
    asked(api().promos.all.query()),
  ])
  const add = <AddPromoButton sites={sites} />

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={rows.length > 0 && add} />
      <Card padding="none">
        <PromoTable
          rows={rows}
          empty={
            <EmptyState icon={<TicketPercent aria-hidden />} title={t('emptyTitle')} action={add}>
              {t('emptyText')}
            </EmptyState>
          }
        />
      </Card>
    </>
  )
}
