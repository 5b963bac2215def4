import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { InvoiceTable } from '#components/billing/invoice-table.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { zInvoiceQuery } from '#server/billing/schema.ts'
import { invoiceFiles, paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.tabs')
  return { title: t('invoices') }
}

export default async function InvoicesPage({ searchParams }: Props) {
  await signedIn('customer')
  const query = await searchParams
  const page = pageIn(query)
  const state = zInvoiceQuery.shape.state.safeParse(textIn(query, 'state') || undefined).data
  const list = await asked(api().billing.invoices.query({ state, page }))

  return (
    <InvoiceTable
      list={list}
      state={state ?? 'all'}
      page={page}
      archive={invoiceFiles.all(state ?? 'all')}
      href={(to, n) => pageHref(paths.invoices(), { state: to === 'all' ? '' : to }, n)}
    />
  )
}
