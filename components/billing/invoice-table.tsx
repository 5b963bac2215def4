import { Download, ReceiptText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterLinks } from '#components/ui/filter-links.tsx'
import { Day, Money, useMoney } from '#components/ui/money.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import {
  type InvoiceList,
  type InvoiceQuery,
  type InvoiceRow,
  invoicesPerPage,
} from '#server/billing/schema.ts'
import { money, zero } from '#server/kernel/money.ts'
import { type BillPlaces, myBillPlaces } from './bill-places.ts'
import { InvoiceState } from './invoice-state.tsx'
import { useBillWords } from './words.ts'

const states = ['all', 'open', 'paid', 'void'] as const

type Props = Readonly<{
  list: InvoiceList
  state: InvoiceQuery['state']
  page: number
  href: (state: InvoiceQuery['state'], page: number) => string
  at?: BillPlaces
  /** Where they are to be had as files, all at once. */
  archive?: string
}>

/** Invoices, newest first: how each stands, and what is still open on it. */
export function InvoiceTable({ list, state, page, href, at = myBillPlaces, archive }: Props) {
  const t = useTranslations('billing.invoices')
  const words = useBillWords()
  const amount = useMoney()
  const columns: Column<InvoiceRow>[] = [
    {
      id: 'number',
      header: t('columns.number'),
      primary: true,
      cell: (row) => (
        <TextLink href={at.invoice(row.invoice)}>
          <span className="figures">{row.number}</span>
        </TextLink>
      ),
    },
    { id: 'issued', header: t('columns.issued'), cell: (row) => <Day day={row.issuedOn} /> },
    {
      id: 'period',
      header: t('columns.period'),
      wideOnly: true,
      cell: ({ from, until }) => (
        <span suppressHydrationWarning className="whitespace-nowrap text-muted">
          {from && until ? words.days(from, until) : '–'}
        </span>
      ),
    },
    { id: 'due', header: t('columns.due'), cell: (row) => <Day day={row.dueOn} /> },
    { id: 'state', header: t('columns.state'), cell: (row) => <InvoiceState row={row} /> },
    {
      id: 'total',
      header: t('columns.total'),
      align: 'end',
      cell: (row) => <Money amount={row.total} currency={row.currency} />,
    },
    {
      id: 'open',
      header: t('columns.open'),
      align: 'end',
      cell: ({ open, currency }) =>
        money(open) === zero ? (
          <span className="text-muted">–</span>
        ) : (
          <Money amount={open} currency={currency} className="font-medium" />
        ),
    },
  ]

  return (
    <Card padding="none">
      {(list.total > 0 || state !== 'all') && (
        <div className="flex flex-wrap items-center justify-between gap-3 border-b border-separator p-3">
          <FilterLinks
            label={t('filter')}
            current={state}
            options={states.map((id) => ({ id, label: t(`only.${id}`), href: href(id, 0) }))}
          />
          <div className="flex flex-wrap items-center gap-3">
            {money(list.open) > zero && (
              <p className="text-sm text-muted">
                {t('openTotal', { amount: amount(list.open, list.currency) })}
              </p>
            )}
            {archive && list.total > 0 && (
              <a className={buttonClass({ size: 'sm' })} href={archive} download="invoices.zip">
                <Download aria-hidden />
                {t('archive')}
              </a>
            )}
          </div>
        </div>
      )}
      <Table
        label={t('title')}
        columns={columns}
        rows={list.rows}
        rowKey={(row) => row.invoice}
        empty={
          state === 'all' ? (
            <EmptyState
              icon={<ReceiptText aria-hidden />}
              title={t('emptyTitle')}
              action={<LinkButton href={at.upcoming}>{t('upcoming')}</LinkButton>}
            >
              {t('emptyText')}
            </EmptyState>
          ) : (
            <EmptyState
              title={t('noneFoundTitle')}
              action={<LinkButton href={at.invoices}>{t('showAll')}</LinkButton>}
            >
              {t('noneFoundText')}
            </EmptyState>
          )
        }
      />
      <Pager
        page={page}
        perPage={invoicesPerPage}
        total={list.total}
        href={(n) => href(state, n)}
      />
    </Card>
  )
}
