import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { CustomerStatus } from '#components/admin/customer-status.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { NavTabs } from '#components/ui/tabs.tsx'
import { paths } from '#server/kernel/routes.ts'
import { customerOf, type Params } from './customer.ts'

/** One customer: who it is, and its rooms. */
export default async function CustomerLayout({
  params,
  children,
}: Params & Readonly<{ children: ReactNode }>) {
  const customer = await customerOf((await params).customer)
  const t = await getTranslations('admin.customer')
  const id = customer.customer

  return (
    <>
      <PageHeader
        title={customer.name}
        description={t('number', { number: String(id) })}
        meta={<CustomerStatus status={customer.status} />}
        back={{ href: paths.customers(), label: t('back') }}
      />
      <NavTabs
        label={t('tabs')}
        tabs={[
          { href: paths.customer(id), label: t('overview') },
          { href: paths.customerAccounts(id), label: t('accounts'), count: customer.accounts },
          { href: paths.agreement(id), label: t('finances'), under: paths.finances(id) },
          { href: paths.customerActivity(id), label: t('activity') },
        ]}
      />
      {children}
    </>
  )
}
