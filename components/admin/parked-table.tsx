'use client'

import { useMutation } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Day } from '#components/ui/money.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { ParkedRow } from '#server/billing/schema.runs.ts'
import { paths } from '#server/kernel/routes.ts'
import { useChanged } from './use-changed.ts'

/** Customers whose bill can't be right: why, what to do, and back to being billed. */
export function ParkedTable({ rows }: { rows: readonly ParkedRow[] }) {
  const t = useTranslations('admin.runs')
  const columns: Column<ParkedRow>[] = [
    {
      id: 'customer',
      header: t('columns.customer'),
      primary: true,
      cell: ({ customer, name }) => (
        <TextLink href={paths.customerSubscriptions(customer)}>{name}</TextLink>
      ),
    },
    {
      id: 'why',
      header: t('columns.why'),
      cell: ({ code, details }) => (
        <div className="grid max-w-prose gap-0.5 py-1 wrap-anywhere max-sm:text-end">
          <span>{t(`reasons.${code}`, details)}</span>
          <span className="text-[0.8125rem] text-muted">{t(`remedies.${code}`)}</span>
        </div>
      ),
    },
    { id: 'day', header: t('columns.day'), cell: ({ onDay }) => <Day day={onDay} /> },
    {
      id: 'since',
      header: t('columns.since'),
      cell: ({ parkedAt }) => <RelativeTime at={parkedAt} />,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => <BillAgain row={row} />,
    },
  ]

  return (
    <Card padding="none" title={t('parked')} description={t('parkedText')}>
      <Table
        label={t('parked')}
        columns={columns}
        rows={rows}
        rowKey={({ customer }) => customer}
        empty={
          <p className="flex items-center gap-2 px-4 pb-4 text-sm text-muted sm:px-5">
            <CircleCheck aria-hidden className="size-4 flex-none text-success" />
            {t('nobodyParked')}
          </p>
        }
      />
    </Card>
  )
}

function BillAgain({ row: { customer, name } }: { row: ParkedRow }) {
  const t = useTranslations('admin.runs')
  const trpc = useTRPC()
  const changed = useChanged()
  const whyNot = useWhyNotMine()
  const sentence = useRefusal()
  const release = useMutation(
    trpc.billing.release.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: () => changed({ title: t('released', { name }) }),
      onError: (error) => {
        void notify({ tone: 'danger', title: sentence(error) ?? '' })
      },
    }),
  )

  return (
    <ActionButton
      size="sm"
      aria-label={t('againOf', { name })}
      disabledReason={whyNot('billing:run')}
      loading={release.isPending}
      onClick={() => release.mutate({ customer })}
    >
      {t('again')}
    </ActionButton>
  )
}
