'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button, TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { useMoney } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { OrderView } from '#server/bulk/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** Orders for more than was agreed: approving raises the agreement and adds the extensions. */
export function OrderList({ orders: first }: { orders: readonly OrderView[] }) {
  const t = useTranslations('admin.orders')
  const trpc = useTRPC()
  const sentence = useRefusal()
  const [rejecting, setRejecting] = useState<OrderView>()
  const { data: orders } = useQuery({
    ...trpc.bulk.orders.queryOptions(),
    initialData: [...first],
    // Until what was approved is made, and gone from here.
    refetchInterval: ({ state }) =>
      state.data?.some((order) => order.state === 'applying') ? 1_500 : false,
  })
  const { approve, reject } = useDecisions(() => setRejecting(undefined))
  const refusal = sentence(approve.error)
  if (orders.length === 0) return null

  const columns: Column<OrderView>[] = [
    {
      id: 'customer',
      header: t('columns.customer'),
      primary: true,
      cell: ({ customer, by }) => (
        <span className="grid">
          <TextLink href={paths.customer(customer.id)}>{customer.name}</TextLink>
          <span className="text-xs font-normal text-muted">{by}</span>
        </span>
      ),
    },
    { id: 'what', header: t('columns.what'), cell: (order) => <What order={order} /> },
    {
      id: 'waits',
      header: t('columns.waits'),
      cell: (order) => <RelativeTime at={order.at} />,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (order) =>
        order.state === 'applying' ? (
          <span className="inline-flex items-center gap-2 text-sm text-muted">
            <Spinner />
            {t('working')}
          </span>
        ) : (
          // A button with a face lines up with the edge by that, not by its icon.
          <span className="inline-flex gap-2 max-sm:me-2">
            <Button size="sm" variant="ghost" onClick={() => setRejecting(order)}>
              {t('reject')}
            </Button>
            <Button
              size="sm"
              variant="primary"
              loading={approve.isPending && approve.variables.id === order.id}
              onClick={() => approve.mutate({ id: order.id })}
            >
              {t('approve')}
            </Button>
          </span>
        ),
    },
  ]

  return (
    <Card padding="none" title={t('title')} description={t('text')} className="mb-6">
      {refusal && (
        <div className="p-3">
          <Notice tone="danger" announce>
            {refusal}
          </Notice>
        </div>
      )}
      <Table
        label={t('title')}
        columns={columns}
        rows={orders}
        rowKey={({ id }) => id}
        empty={null}
      />
      <ReasonDialog
        isOpen={rejecting !== undefined}
        onClose={() => setRejecting(undefined)}
        title={t('rejectTitle', { customer: rejecting?.customer.name ?? '' })}
        text={t('rejectText')}
        reasonLabel={t('reason')}
        reasonHint={t('reasonHint')}
        submitLabel={t('reject')}
        onSubmit={(reason) => rejecting && reject.mutate({ id: rejecting.id, reason })}
        loading={reject.isPending}
        submitError={reject.error}
      />
    </Card>
  )
}

/** By how much which quantity would rise, what that brings a month, and why it failed before. */
function What({ order }: { order: OrderView }) {
  const t = useTranslations('admin.orders')
  const tPrice = useTranslations('price')
  const money = useMoney()
  const sentence = useRefusal()
  const { headroom, price } = order.report
  const { failure } = order
  return (
    <span className="grid gap-0.5">
      {headroom.map(({ product, name, used, quantity, asked }) => (
        <span key={product}>
          {t('raise', {
            name,
            asked,
            from: quantity ?? 0,
            to: Math.max(quantity ?? 0, used + asked),
          })}
        </span>
      ))}
      <span className="figures text-xs text-muted">
        {t('monthly', { amount: money(price.monthly, price.currency) })}
        {price.average ? ` ${tPrice('average')}` : ''}
      </span>
      {failure && (
        <span className="text-xs text-danger-text">
          {sentence(
            Object.assign(new Error(failure.message), {
              data: { refusal: { kind: 'conflict', code: failure.code, details: failure.details } },
            }),
          )}
        </span>
      )}
    </span>
  )
}

function useDecisions(onDone: () => void) {
  const t = useTranslations('admin.orders')
  const trpc = useTRPC()
  const client = useQueryClient()
  const again = () => client.invalidateQueries(trpc.bulk.orders.pathFilter())

  return {
    approve: useMutation(
      trpc.bulk.approveOrder.mutationOptions({
        trpc: { context: idempotent.context },
        onSuccess: () => {
          void notify({ tone: 'success', title: t('approved') })
          return again()
        },
      }),
    ),
    reject: useMutation(
      trpc.bulk.rejectOrder.mutationOptions({
        onSuccess: () => {
          onDone()
          void notify({ tone: 'success', title: t('rejected'), description: t('rejectedText') })
          return again()
        },
      }),
    ),
  }
}
