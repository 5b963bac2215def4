import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { PageHeader } from '#components/ui/page-header.tsx'
import { NavTabs } from '#components/ui/tabs.tsx'
import { paths } from '#server/kernel/routes.ts'

/** Everything about money, from what is coming to what was. */
export default async function BillingLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('billing')

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <NavTabs
        label={t('tabs.label')}
        tabs={[
          { href: paths.billing(), label: t('tabs.upcoming') },
          { href: paths.invoices(), label: t('tabs.invoices'), under: paths.invoices() },
          { href: paths.statement(), label: t('tabs.statement') },
          { href: paths.card(), label: t('tabs.card') },
          { href: paths.subscriptions(), label: t('tabs.subscriptions') },
          { href: paths.blockedDays(), label: t('tabs.blockedDays') },
        ]}
      />
      {children}
    </>
  )
}
