import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { billPlacesOf } from '#components/billing/bill-places.ts'
import { InvoiceTable } from '#components/billing/invoice-table.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { zInvoiceQuery } from '#server/billing/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../../../../(selfcare)/list-query.ts'
import { customerOf, type Params } from '../../customer.ts'

type Props = Params &
  Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.money')
  return { title: `${t('tabs.invoices')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerInvoicesPage({ params, searchParams }: Props) {
  const { customer } = await customerOf((await params).customer)
  const query = await searchParams
  const page = pageIn(query)
  const state = zInvoiceQuery.shape.state.safeParse(textIn(query, 'state') || undefined).data
  const list = await asked(api().billing.invoicesFor.query({ customer, state, page }))
  const path = paths.customerInvoices(customer)

  return (
    <InvoiceTable
      list={list}
      state={state ?? 'all'}
      page={page}
      href={(to, n) => pageHref(path, { state: to === 'all' ? '' : to }, n)}
      at={billPlacesOf(customer)}
    />
  )
}
