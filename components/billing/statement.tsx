import { Wallet } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterLinks } from '#components/ui/filter-links.tsx'
import { Day, Money } from '#components/ui/money.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import {
  entriesPerPage,
  type LedgerRow,
  type LedgerView,
  type StatementQuery,
  statementParts,
} from '#server/billing/schema.ts'
import { money, zero } from '#server/kernel/money.ts'
import { type BillPlaces, myBillPlaces } from './bill-places.ts'
import { useBillWords } from './words.ts'

type Only = StatementQuery['only']

type Props = Readonly<{
  ledger: LedgerView
  only: Only
  page: number
  href: (only: Only, page: number) => string
  at?: BillPlaces
  /** What can be done to it. */
  actions?: ReactNode
}>

/** Every change of the balance in words, newest first, with the balance after it. */
export function Statement({ ledger, only, page, href, at = myBillPlaces, actions }: Props) {
  const t = useTranslations('billing.statement')
  const { currency, balance } = ledger
  const stands = money(balance)
  const columns: Column<LedgerRow>[] = [
    {
      id: 'day',
      header: t('columns.day'),
      cell: (row) => <Day day={row.day} />,
    },
    {
      id: 'what',
      header: t('columns.what'),
      primary: true,
      className: 'sm:font-normal',
      cell: (row) => <What row={row} />,
    },
    {
      id: 'invoice',
      header: t('columns.invoice'),
      cell: ({ invoice, number }) =>
        invoice && number ? (
          <TextLink href={at.invoice(invoice)}>
            <span className="figures whitespace-nowrap">{number}</span>
          </TextLink>
        ) : (
          <span className="text-muted">–</span>
        ),
    },
    {
      id: 'amount',
      header: t('columns.amount'),
      align: 'end',
      cell: ({ amount }) => <Money amount={amount} currency={currency} allPlaces signed />,
    },
    {
      id: 'balance',
      header: t('columns.balance'),
      align: 'end',
      cell: (row) => (
        <Money amount={row.balance} currency={currency} allPlaces className="text-muted" />
      ),
    },
  ]

  return (
    <Card
      padding="none"
      title={t('title')}
      description={t('text')}
      actions={
        <p className="text-sm sm:text-end">
          <Money
            amount={stands < zero ? balance.slice(1) : balance}
            currency={currency}
            className="block text-lg font-semibold"
          />
          <span className="text-muted">
            {t(stands > zero ? 'owed' : stands < zero ? 'favour' : 'even')}
          </span>
        </p>
      }
    >
      <div className="flex flex-wrap items-center justify-between gap-3 border-b border-separator px-3 pb-3">
        <FilterLinks
          label={t('filter')}
          current={only}
          options={statementParts.map((id) => ({ id, label: t(`only.${id}`), href: href(id, 0) }))}
        />
        {actions}
      </div>
      <Table
        label={t('title')}
        columns={columns}
        rows={ledger.rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            icon={<Wallet aria-hidden />}
            title={t(only === 'all' ? 'emptyTitle' : 'noPaymentsTitle')}
            action={<LinkButton href={at.upcoming}>{t('upcoming')}</LinkButton>}
          >
            {t(only === 'all' ? 'emptyText' : 'noPaymentsText')}
          </EmptyState>
        }
      />
      <Pager
        page={page}
        perPage={entriesPerPage}
        total={ledger.total}
        href={(n) => href(only, n)}
      />
    </Card>
  )
}

function What({ row }: { row: LedgerRow }) {
  const t = useTranslations('billing.statement')
  const words = useBillWords()
  const { from, until, line, name, reason } = row

  return (
    <div className="min-w-0 py-1 wrap-anywhere">
      {words.what({ ...row, description: words.withLine(row.description, line, name) })}
      {from && until && (
        <span suppressHydrationWarning className="block text-[0.8125rem] font-normal text-muted">
          {words.days(from, until)}
        </span>
      )}
      {reason && (
        <span className="block text-[0.8125rem] font-normal text-muted">
          {t('reason', { reason })}
        </span>
      )}
    </div>
  )
}
