'use client'

import { useMutation } from '@tanstack/react-query'
import { BadgePercent, CircleSlash } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { Card } from '#components/ui/card.tsx'
import { useDiscountWords } from '#components/ui/discount.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Day } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { useTerms } from '#components/ui/terms.ts'
import type { DiscountView } from '#server/billing/schema.discounts.ts'
import type { SubscriptionRow, SubscriptionsView } from '#server/billing/schema.subscriptions.ts'
import { entriesPerPage } from '#server/billing/schema.ts'
import { type DecimalString, money, zero } from '#server/kernel/money.ts'
import { paths } from '#server/kernel/routes.ts'
import { DiscountDialog } from './discount-dialog.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ customer: number; view: SubscriptionsView; page: number }>

/** All that a customer pays for, its lines' too, with what each costs less and for how long. */
export function RunningTable({ customer, view, page }: Props) {
  const t = useTranslations('admin.running')
  const off = useDiscountWords()
  const terms = useTerms()
  const sentence = useRefusal()
  const [giving, setGiving] = useState<SubscriptionRow>()
  const end = useEndDiscount(customer)
  const refusal = sentence(end.error)

  const endOf = (row: SubscriptionRow, discount: DiscountView) => ({
    id: `end-${discount.discount}`,
    label: t('endDiscount', { name: discount.name }),
    tone: 'danger' as const,
    icon: <CircleSlash aria-hidden />,
    onAction: () => end.of(row, discount),
  })
  const columns: Column<SubscriptionRow>[] = [
    {
      id: 'what',
      header: t('columns.what'),
      primary: true,
      cell: ({ description, line, name }) => (
        <span className="grid">
          {description}
          <span className="text-xs font-normal text-muted">
            {line === null ? t('company') : [line, name !== line && name].filter(Boolean).join(' ')}
          </span>
        </span>
      ),
    },
    {
      id: 'fee',
      header: t('columns.fee'),
      cell: ({ fee, currency, period }) =>
        isSomething(fee) ? terms.price(fee, currency, period) : t('free'),
    },
    {
      id: 'discounts',
      header: t('columns.discounts'),
      cell: ({ discounts, currency }) =>
        discounts.length === 0 ? (
          <span className="text-muted">–</span>
        ) : (
          <ul className="grid gap-1">
            {discounts.map((discount) => (
              <li key={discount.discount}>
                {discount.name}: {off(discount, currency)}
                {discount.reason && (
                  <span className="block text-xs text-muted">
                    {t('reasonOf', { reason: discount.reason })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        ),
    },
    {
      id: 'next',
      header: t('columns.next'),
      wideOnly: true,
      cell: ({ chargedNext }) =>
        chargedNext ? <Day day={chargedNext} /> : <span className="text-muted">–</span>,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => (
        <ActionMenu
          label={t('actionsOf', { name: row.line ?? row.description })}
          actions={[
            {
              id: 'give',
              label: t('give'),
              icon: <BadgePercent aria-hidden />,
              disabledReason:
                isSomething(row.fee) || isSomething(row.activation) ? undefined : t('nothingOff'),
              onAction: () => setGiving(row),
            },
            ...row.discounts.map((discount) => endOf(row, discount)),
          ]}
        />
      ),
    },
  ]

  return (
    <>
      {refusal && (
        <div className="mb-4">
          <Notice tone="danger" announce>
            {refusal}
          </Notice>
        </div>
      )}
      <Card padding="none" title={t('title')} description={t('text')}>
        <Table
          label={t('title')}
          columns={columns}
          rows={view.rows}
          rowKey={({ id }) => id}
          empty={
            <EmptyState title={t('emptyTitle')} action={undefined}>
              {t('emptyText')}
            </EmptyState>
          }
        />
        <Pager
          page={page}
          perPage={entriesPerPage}
          total={view.total}
          href={(n) => `${paths.customerSubscriptions(customer)}${n > 0 ? `?page=${n + 1}` : ''}`}
        />
      </Card>
      <DiscountDialog customer={customer} row={giving} onClose={() => setGiving(undefined)} />
    </>
  )
}

const isSomething = (amount: DecimalString) => money(amount) !== zero

function useEndDiscount(customer: number) {
  const t = useTranslations('admin.running')
  const trpc = useTRPC()
  const changed = useChanged()
  // Ending what has ended is the same as ending it once.
  const end = useMutation(
    trpc.billing.endDiscount.mutationOptions({ trpc: { context: idempotent.context } }),
  )
  return {
    error: end.error,
    of: ({ id }: SubscriptionRow, { discount, name }: DiscountView) =>
      end.mutate(
        { customer, held: id, discount },
        { onSuccess: () => changed({ title: t('ended', { name }) }) },
      ),
  }
}
