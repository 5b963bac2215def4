import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BillingDay } from '#components/admin/billing-day.tsx'
import { BillingRules } from '#components/admin/billing-rules.tsx'
import { ServiceState } from '#components/admin/service-state.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { customerOf, type Params } from '../../customer.ts'

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.billingSettings')
  return { title: `${t('tab')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerBillingPage({ params }: Params) {
  await signedIn('admin')
  const { customer, name } = await customerOf((await params).customer)
  const [settings, day] = await asked(
    Promise.all([
      api().customers.billing.query({ customer }),
      api().billing.dayFor.query({ customer }),
    ]),
  )

  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <BillingRules settings={settings} />
      <div className="grid gap-6">
        <BillingDay key={day.day} customer={customer} view={day} />
        <ServiceState settings={settings} name={name} />
      </div>
    </div>
  )
}
