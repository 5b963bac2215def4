import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LedgerActions } from '#components/admin/ledger-actions.tsx'
import { billPlacesOf } from '#components/billing/bill-places.ts'
import { Statement } from '#components/billing/statement.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { zStatementQuery } from '#server/billing/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../../../../(selfcare)/list-query.ts'
import { customerOf, type Params } from '../../customer.ts'

type Props = Params &
  Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.money')
  return { title: `${t('tabs.ledger')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerLedgerPage({ params, searchParams }: Props) {
  const { customer } = await customerOf((await params).customer)
  const query = await searchParams
  const page = pageIn(query)
  const only = zStatementQuery.shape.only.safeParse(textIn(query, 'only') || undefined).data
  const [ledger, open, { on }] = await asked(
    Promise.all([
      api().billing.ledgerFor.query({ customer, only, page }),
      api().billing.invoicesFor.query({ customer, state: 'open' }),
      api().billing.upcomingFor.query({ customer }),
    ]),
  )
  const path = paths.customerLedger(customer)

  return (
    <Statement
      ledger={ledger}
      only={only ?? 'all'}
      page={page}
      href={(to, n) => pageHref(path, { only: to === 'all' ? '' : to }, n)}
      at={billPlacesOf(customer)}
      actions={
        <LedgerActions
          customer={customer}
          balance={ledger.balance}
          currency={ledger.currency}
          open={open.rows}
          nextInvoiceOn={on}
        />
      }
    />
  )
}
