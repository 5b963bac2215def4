import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { Invoice } from '#components/billing/invoice.tsx'
import { InvoicePdf } from '#components/billing/invoice-pdf.tsx'
import { PayInvoice } from '#components/billing/pay-invoice.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { zInvoiceRef } from '#server/billing/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn } from '../../../list-query.ts'

type Props = Readonly<{
  params: Promise<{ invoice: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}>

const invoiceOf = cache(async (text: string) => {
  const ref = zInvoiceRef.safeParse({ invoice: Number(text) })
  if (!ref.success) notFound()
  return asked(api().billing.invoice.query(ref.data))
})

const isOpen = (amount: string) => /[1-9]/.test(amount)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('billing.invoice')
  const { number } = await invoiceOf((await params).invoice)
  return { title: t('title', { number: number ?? '' }) }
}

export default async function InvoicePage({ params, searchParams }: Props) {
  await signedIn('customer')
  const invoice = await invoiceOf((await params).invoice)
  const card = isOpen(invoice.open) ? await asked(api().billing.card.query()) : undefined

  return (
    <Invoice
      invoice={invoice}
      actions={<InvoicePdf invoice={invoice.invoice} />}
      pay={card && <PayInvoice invoice={invoice} page={card} />}
      page={pageIn(await searchParams)}
      href={(n) => pageHref(paths.invoice(invoice.invoice), {}, n)}
    />
  )
}
