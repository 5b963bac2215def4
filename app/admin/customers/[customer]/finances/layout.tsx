import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { signedIn } from '#components/session/guard.ts'
import { NavTabs } from '#components/ui/tabs.tsx'
import { paths } from '#server/kernel/routes.ts'
import { agreementOf, customerOf, type Params } from '../customer.ts'

/** Finances: what the customer may use, what it pays for itself, and who changed what. */
export default async function FinancesLayout({
  params,
  children,
}: Params & Readonly<{ children: ReactNode }>) {
  const { customer } = await customerOf((await params).customer)
  const { items } = await agreementOf(customer)
  const [{ realm }, t, money, settings] = await Promise.all([
    signedIn('admin', 'reseller'),
    getTranslations('admin.agreement'),
    getTranslations('admin.money'),
    getTranslations('admin.billingSettings'),
  ])
  const count = (role: 'main' | 'addon') => items.filter((item) => item.role === role).length

  return (
    <>
      <h2 className="text-lg font-semibold">{money('title')}</h2>
      <p className="mb-4 text-sm text-muted">{money('text')}</p>
      <NavTabs
        label={t('tabs')}
        tabs={[
          { href: paths.agreement(customer), label: t('main'), count: count('main') },
          { href: paths.agreementAddons(customer), label: t('addons'), count: count('addon') },
          { href: paths.customerSubscriptions(customer), label: t('subscriptions') },
          { href: paths.agreementHistory(customer), label: t('history') },
          { href: paths.customerUpcoming(customer), label: money('tabs.upcoming') },
          {
            href: paths.customerInvoices(customer),
            label: money('tabs.invoices'),
            under: paths.customerInvoices(customer),
          },
          { href: paths.customerLedger(customer), label: money('tabs.ledger') },
          { href: paths.customerPayments(customer), label: money('tabs.payments') },
          ...(realm === 'admin'
            ? [{ href: paths.customerBilling(customer), label: settings('tab') }]
            : []),
        ]}
      />
      {children}
    </>
  )
}
