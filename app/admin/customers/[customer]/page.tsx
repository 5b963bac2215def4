import type { Metadata } from 'next'
import { CustomerOverview } from '#components/admin/customer-overview.tsx'
import { agreementOf, customerOf, type Params } from './customer.ts'

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await customerOf((await params).customer)).name }
}

export default async function CustomerPage({ params }: Params) {
  const customer = await customerOf((await params).customer)
  const { items } = await agreementOf(customer.customer)
  return <CustomerOverview customer={customer} places={items} />
}
