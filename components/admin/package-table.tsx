'use client'

import { useMutation } from '@tanstack/react-query'
import { CircleSlash, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Day } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { useTerms } from '#components/ui/terms.ts'
import type { PackageRow, PackagesView } from '#server/agreements/schema.packages.ts'
import { useFees } from './cost.ts'
import { PackageDialog } from './package-dialog.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ customer: number; view: PackagesView }>

/** What a customer pays for itself, through no product of an account, and what can be done about it. */
export function PackageTable({ customer, view }: Props) {
  const t = useTranslations('admin.packages')
  const fees = useFees(t('free'))
  const terms = useTerms()
  const sentence = useRefusal()
  const [adding, setAdding] = useState(false)
  const end = useEnd(customer)
  const refusal = sentence(end.error)
  const { rows, addable, recurring, currency } = view
  const add = <Add none={addable.length === 0} onAdd={() => setAdding(true)} />

  const columns: Column<PackageRow>[] = [
    { id: 'name', header: t('columns.name'), primary: true, cell: ({ name }) => name },
    { id: 'price', header: t('columns.price'), cell: (row) => fees(row) },
    {
      id: 'started',
      header: t('columns.started'),
      cell: ({ startedOn }) => <Day day={startedOn} />,
    },
    { id: 'state', header: t('columns.state'), cell: (row) => <State row={row} /> },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => (
        <ActionMenu
          label={t('actionsOf', { name: row.name })}
          actions={[
            {
              id: 'end',
              label: t('end'),
              tone: 'danger',
              icon: <CircleSlash aria-hidden />,
              disabledReason: row.endedOn ? t('endedAlready') : undefined,
              onAction: () => end.of(row),
            },
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
      <Card
        padding="none"
        title={t('title')}
        description={t('text')}
        actions={add}
        footer={
          rows.length > 0 && (
            <p className="flex flex-wrap justify-between gap-x-4 text-sm">
              <span className="text-muted">{t('total')}</span>
              <span suppressHydrationWarning className="text-end font-semibold tabular-nums">
                {terms.prices(recurring, currency)}
              </span>
            </p>
          )
        }
      >
        <Table
          label={t('title')}
          columns={columns}
          rows={rows}
          rowKey={({ held }) => held}
          empty={
            <EmptyState title={t('emptyTitle')} action={undefined}>
              {t('emptyText')}
            </EmptyState>
          }
        />
      </Card>
      <PackageDialog
        customer={customer}
        addable={addable}
        isOpen={adding}
        onClose={() => setAdding(false)}
      />
    </>
  )
}

function State({ row: { endedOn } }: { row: PackageRow }) {
  const t = useTranslations('admin.packages')
  if (!endedOn) return <StatusChip tone="success">{t('running')}</StatusChip>
  return (
    <span className="flex flex-wrap items-center gap-2">
      <StatusChip tone="neutral">{t('ended')}</StatusChip>
      <span className="text-[0.8125rem] text-muted">
        <Day day={endedOn} />
      </span>
    </span>
  )
}

function Add({ none, onAdd }: { none: boolean; onAdd: () => void }) {
  const t = useTranslations('admin.packages')
  return (
    <ActionButton
      variant="primary"
      size="sm"
      disabledReason={none ? t('nothingToAdd') : undefined}
      onClick={onAdd}
    >
      <Plus aria-hidden />
      {t('add')}
    </ActionButton>
  )
}

/** Ended at once, and running again by a press. */
function useEnd(customer: number) {
  const t = useTranslations('admin.packages')
  const trpc = useTRPC()
  const changed = useChanged()
  // Ending what has ended is the same as ending it once.
  const repeatable = { trpc: { context: idempotent.context } }
  const resume = useMutation(trpc.agreements.resumePackage.mutationOptions(repeatable))
  const end = useMutation(trpc.agreements.endPackage.mutationOptions(repeatable))

  return {
    error: end.error ?? resume.error,
    of({ held, name }: PackageRow) {
      const undo = () =>
        resume.mutate(
          { customer, held },
          { onSuccess: () => changed({ title: t('resumedToast', { name }) }) },
        )
      end.mutate(
        { customer, held },
        { onSuccess: () => changed({ title: t('endedToast', { name }), undo }) },
      )
    },
  }
}
