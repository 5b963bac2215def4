import { Percent } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { TaxClassTable } from '#components/admin/tax-class-table.tsx'
import { AddRateButton } from '#components/admin/tax-rate-dialog.tsx'
import { TaxRateTable } from '#components/admin/tax-rate-table.tsx'
import { countryOptions } from '#components/form/regions.ts'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.taxes')
  return { title: t('title') }
}

export default async function TaxesPage() {
  await signedIn('admin')
  const [t, locale, view] = await Promise.all([
    getTranslations('admin.taxes'),
    getLocale(),
    asked(api().taxes.all.query()),
  ])
  const { rates, classes, today } = view
  const countries = countryOptions(locale)
  const add = <AddRateButton countries={countries} classes={classes} today={today} />

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={rates.length > 0 && add} />
      <div className="grid gap-6">
        <Card title={t('rates')} description={t('ratesText')} padding="none">
          <div className="mt-3 border-t border-separator">
            <TaxRateTable
              rates={rates}
              today={today}
              countries={countries}
              empty={
                <EmptyState icon={<Percent aria-hidden />} title={t('emptyTitle')} action={add}>
                  {t('emptyText')}
                </EmptyState>
              }
            />
          </div>
        </Card>
        <Card title={t('classes')} description={t('classesText')} padding="none">
          <div className="mt-3 border-t border-separator">
            <TaxClassTable classes={classes} />
          </div>
        </Card>
        <Notice tone="info">{t('reverse')}</Notice>
      </div>
    </>
  )
}
