'use client'

import { Wallet } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionButton } from '#components/ui/action-button.tsx'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Day, Money } from '#components/ui/money.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { StatusChip, type Tone } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { PaymentList, PaymentRow } from '#server/billing/schema.payments.ts'
import { money, zero } from '#server/kernel/money.ts'
import { paths } from '#server/kernel/routes.ts'
import { RefundDialog } from './refund-dialog.tsx'

type Props = Readonly<{ customer: number; list: PaymentList; isFirst: boolean }>

/** What came from a customer, what didn't and why; and given back from here. */
export function PaymentTable({ customer, list, isFirst }: Props) {
  const t = useTranslations('admin.money')
  const whyNot = useWhyNotMine()
  const [refunding, setRefunding] = useState<PaymentRow>()
  const path = paths.customerPayments(customer)

  const columns: Column<PaymentRow>[] = [
    {
      id: 'day',
      header: t('payments.columns.day'),
      primary: true,
      className: 'sm:font-normal',
      cell: (row) => <Day day={row.day} />,
    },
    { id: 'way', header: t('payments.columns.way'), cell: (row) => <Way row={row} /> },
    {
      id: 'invoice',
      header: t('payments.columns.invoice'),
      cell: ({ invoice }) =>
        invoice ? (
          <TextLink href={paths.customerInvoices(customer, invoice.invoice)}>
            <span className="figures whitespace-nowrap">{invoice.number}</span>
          </TextLink>
        ) : (
          <span className="text-muted">–</span>
        ),
    },
    { id: 'state', header: t('payments.columns.state'), cell: (row) => <State row={row} /> },
    {
      id: 'amount',
      header: t('payments.columns.amount'),
      align: 'end',
      cell: (row) => <Money amount={row.amount} currency={row.currency} />,
    },
    {
      id: 'refunded',
      header: t('payments.columns.refunded'),
      align: 'end',
      cell: ({ refunded, currency }) =>
        money(refunded) === zero ? (
          <span className="text-muted">–</span>
        ) : (
          <Money amount={refunded} currency={currency} />
        ),
    },
    {
      id: 'actions',
      header: t('payments.columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => (
        <ActionButton
          size="sm"
          disabledReason={whyNot('billing:write_any') ?? impossible(row)}
          onClick={() => setRefunding(row)}
        >
          {t('refund.button')}
        </ActionButton>
      ),
    },
  ]

  const impossible = ({ state, left }: PaymentRow) => {
    if (state !== 'captured') return t('refund.notTaken')
    return money(left) > zero ? undefined : t('refund.allBack')
  }

  return (
    <Card padding="none" title={t('payments.title')} description={t('payments.text')}>
      <Table
        label={t('payments.title')}
        columns={columns}
        rows={list.rows}
        rowKey={({ payment }) => payment}
        empty={
          <EmptyState
            icon={<Wallet aria-hidden />}
            title={t('payments.emptyTitle')}
            action={<LinkButton href={paths.customerLedger(customer)}>{t('toLedger')}</LinkButton>}
          >
            {t('payments.emptyText')}
          </EmptyState>
        }
      />
      {(list.before || !isFirst) && (
        <nav
          aria-label={t('payments.pages')}
          className="flex flex-wrap justify-end gap-2 border-t border-separator px-4 py-2.5"
        >
          {!isFirst && (
            <LinkButton href={path} size="sm">
              {t('payments.newest')}
            </LinkButton>
          )}
          {list.before && (
            <LinkButton href={`${path}?before=${list.before}`} size="sm">
              {t('payments.older')}
            </LinkButton>
          )}
        </nav>
      )}
      <RefundDialog payment={refunding} onClose={() => setRefunding(undefined)} />
    </Card>
  )
}

const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
}

function Way({ row: { manual, card, purpose } }: { row: PaymentRow }) {
  const t = useTranslations('admin.money.payments')
  if (purpose === 'verification') return t('verification')
  if (manual) return t('manual')
  return card
    ? t('card', { brand: brands[card.brand] ?? t('someCard'), last4: card.last4 })
    : t('someCard')
}

const tones = {
  intended: 'neutral',
  requires_action: 'warning',
  authorized: 'accent',
  captured: 'success',
  declined: 'danger',
  canceled: 'neutral',
  failed: 'danger',
} as const satisfies Record<PaymentRow['state'], Tone>

/** How it stands; where nothing came, why, as the bank said it. */
function State({ row: { state, declineCode, amount, refunded } }: { row: PaymentRow }) {
  const t = useTranslations('admin.money.payments')
  const back = state === 'captured' && money(refunded) > zero
  const all = back && money(refunded) === money(amount)

  return (
    <div className="grid justify-items-start gap-0.5 py-1 max-sm:justify-items-end">
      <StatusChip tone={back ? 'warning' : tones[state]}>
        {back ? t(all ? 'refunded' : 'refundedPartly') : t(`states.${state}`)}
      </StatusChip>
      {declineCode && (
        <span className="text-[0.8125rem] text-muted">{t(`declines.${declineCode}`)}</span>
      )}
    </div>
  )
}
