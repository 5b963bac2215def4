'use client'

import { useMutation } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { Day, useMoney } from '#components/ui/money.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { PromoRow } from '#server/signup/schema.promos.ts'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ rows: readonly PromoRow[]; empty: ReactNode }>

/** Every code of every site: what it takes off, and how long it is taken. */
export function PromoTable({ rows, empty }: Props) {
  const t = useTranslations('admin.promos')
  const format = useFormatter()
  const columns: Column<PromoRow>[] = [
    {
      id: 'code',
      header: t('columns.code'),
      primary: true,
      cell: ({ code }) => <span className="tabular-nums wrap-anywhere">{code}</span>,
    },
    {
      id: 'site',
      header: t('columns.site'),
      className: 'whitespace-nowrap',
      cell: ({ siteTitle }) => siteTitle,
    },
    { id: 'off', header: t('columns.off'), cell: (row) => <Off row={row} /> },
    {
      id: 'until',
      header: t('columns.until'),
      cell: ({ lastDay }) =>
        lastDay ? <Day day={lastDay} /> : <span className="text-muted">{t('open')}</span>,
    },
    {
      id: 'used',
      header: t('columns.used'),
      align: 'end',
      cell: ({ used }) => format.number(used),
    },
    {
      id: 'state',
      header: t('columns.state'),
      cell: ({ ended }) => (
        <StatusChip tone={ended ? 'neutral' : 'success'}>
          {t(`states.${ended ? 'ended' : 'taken'}`)}
        </StatusChip>
      ),
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      className: 'whitespace-nowrap',
      cell: (row) => <EndButton row={row} />,
    },
  ]
  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={({ site, code }) => `${site} ${code}`}
      empty={empty}
    />
  )
}

/** "50% of the periodic fee, for the first 3 periods". */
function Off({ row: { percent, amount, currency, appliesTo, periods } }: { row: PromoRow }) {
  const t = useTranslations('admin.promos')
  const money = useMoney()
  const off = percent === null ? money(amount ?? '0', currency) : `${Number(percent)}%`
  const text =
    appliesTo === 'activation'
      ? t('ofActivation', { off })
      : periods === null
        ? t('ofAll', { off })
        : t('ofFirst', { off, periods })
  return <span suppressHydrationWarning>{text}</span>
}

/** Not taken any more, and taken again: done at once, for it can be undone. */
function EndButton({ row: { site, code, validUntil, ended } }: { row: PromoRow }) {
  const t = useTranslations('admin.promos')
  const trpc = useTRPC()
  const changed = useChanged()
  const sentence = useRefusal()
  const end = useMutation(
    trpc.promos.end.mutationOptions({
      // Twice is the same as once.
      trpc: { context: idempotent.context },
      onSuccess: (_, { until }) =>
        changed({
          title: t(until === 'now' ? 'ended' : 'offeredAgain', { code }),
          ...(until === 'now' && {
            undo: () => end.mutate({ site, code, until: validUntil }),
          }),
        }),
      onError: (error) => {
        void notify({ tone: 'danger', title: sentence(error) ?? '' })
      },
    }),
  )
  return (
    <Button
      size="sm"
      loading={end.isPending}
      aria-label={t(ended ? 'againOf' : 'endOf', { code })}
      onClick={() => end.mutate({ site, code, until: ended ? null : 'now' })}
    >
      <span className="whitespace-nowrap">{t(ended ? 'again' : 'end')}</span>
    </Button>
  )
}
