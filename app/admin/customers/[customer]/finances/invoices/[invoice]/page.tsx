import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { InvoiceActions } from '#components/admin/invoice-actions.tsx'
import { WaitsNotice } from '#components/admin/waits-notice.tsx'
import { billPlacesOf } from '#components/billing/bill-places.ts'
import { Invoice } from '#components/billing/invoice.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { zInvoiceRef } from '#server/billing/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn } from '../../../../../../(selfcare)/list-query.ts'
import { customerOf } from '../../../customer.ts'

type Props = Readonly<{
  params: Promise<{ customer: string; invoice: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}>

/** Of this customer: another's isn't found under its address. */
const invoiceOf = cache(async (named: string, text: string) => {
  const { customer } = await customerOf(named)
  const ref = zInvoiceRef.safeParse({ invoice: Number(text) })
  if (!ref.success) notFound()
  const found = await asked(api().billing.invoiceFor.query(ref.data))
  if (found.customer !== customer) notFound()
  return found
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { customer, invoice } = await params
  const t = await getTranslations('billing.invoice')
  const { number } = await invoiceOf(customer, invoice)
  return { title: `${t('title', { number: number ?? '' })} · ${(await customerOf(customer)).name}` }
}

export default async function CustomerInvoicePage({ params, searchParams }: Props) {
  const { customer: named, invoice: id } = await params
  const invoice = await invoiceOf(named, id)
  const { customer } = invoice

  return (
    <Invoice
      invoice={invoice}
      page={pageIn(await searchParams)}
      href={(n) => pageHref(paths.customerInvoices(customer, invoice.invoice), {}, n)}
      at={billPlacesOf(customer)}
      pay={invoice.waits && <WaitsNotice />}
      actions={<InvoiceActions invoice={invoice} />}
    />
  )
}
