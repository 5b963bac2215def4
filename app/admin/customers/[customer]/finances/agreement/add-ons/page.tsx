import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AgreementTable } from '#components/admin/agreement-table.tsx'
import { agreementOf, customerOf, type Params } from '../../../customer.ts'

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.agreement')
  return { title: `${t('title')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function AgreementAddonsPage({ params }: Params) {
  const { customer, currency } = await customerOf((await params).customer)
  const { items, addable } = await agreementOf(customer)
  return (
    <AgreementTable
      of="addon"
      customer={customer}
      currency={currency}
      items={items}
      addable={addable}
    />
  )
}
