'use client'

import { useMutation } from '@tanstack/react-query'
import { Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useBlockActions } from '#components/blocks/block-button.tsx'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useCatalogueCode, useRefusal } from '#components/trpc/use-refusal.ts'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { ActionMenu, type MenuAction } from '#components/ui/action-menu.tsx'
import { useWhyNotAdd, useWhyNotMine } from '#components/ui/rights.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { Moment } from '#components/ui/time.tsx'
import { notify } from '#components/ui/toast.tsx'
import { type AccountMove, whyNot } from '#server/accounts/schema.moves.ts'
import type { SimRow } from '#server/accounts/schema.sims.ts'
import { useSaid } from './use-said.ts'

type By = 'iccid' | 'name' | 'added'

type Props = Readonly<{
  rows: readonly SimRow[]
  sort: Readonly<{ by: By; descending: boolean }>
  orders: Readonly<Record<By, string>>
  empty: ReactNode
  onRename: (row: SimRow) => void
  onAgain: (row: SimRow) => void
}>

export function SimTable({ rows, sort, orders, empty, onRename, onAgain }: Props) {
  const t = useTranslations('sims')
  const end = useEnd(rows)
  const why = useWhyNot()
  const notMine = useWhyNotMine()('sims:write')
  const notNow = useWhyNotAdd()('sims:write')
  const blocks = useBlockActions({})
  const sorted = (by: By) => ({
    href: orders[by],
    ...(sort.by === by && {
      direction: sort.descending ? ('descending' as const) : ('ascending' as const),
    }),
  })

  const columns: Column<SimRow>[] = [
    {
      id: 'iccid',
      header: t('columns.iccid'),
      primary: true,
      sort: sorted('iccid'),
      cell: (row) => <span className="figures break-all">{row.iccid}</span>,
    },
    {
      id: 'imsi',
      header: t('columns.imsi'),
      cell: (row) => <span className="figures">{row.imsi ?? '–'}</span>,
    },
    {
      id: 'name',
      header: t('columns.name'),
      sort: sorted('name'),
      cell: (row) => row.name || <span className="text-muted">{t('unnamed')}</span>,
    },
    {
      id: 'product',
      header: t('columns.product'),
      wideOnly: true,
      cell: (row) => <span className="whitespace-nowrap">{row.product}</span>,
    },
    { id: 'status', header: t('columns.status'), cell: (row) => <Status row={row} /> },
    {
      id: 'added',
      header: t('columns.added'),
      wideOnly: true,
      sort: sorted('added'),
      cell: (row) => <Moment at={row.added} />,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => (
        <ActionMenu
          label={t('actionsOf', { iccid: row.iccid })}
          actions={
            row.state === 'rejected'
              ? [
                  {
                    id: 'again',
                    label: t('again'),
                    icon: <RotateCcw aria-hidden />,
                    disabledReason: notNow,
                    onAction: () => onAgain(row),
                  },
                ]
              : ([
                  {
                    id: 'rename',
                    label: t('rename'),
                    icon: <Pencil aria-hidden />,
                    disabledReason: notMine ?? why('edit', row),
                    onAction: () => onRename(row),
                  },
                  blocks.actionOf({ ...row, accountId: row.iccid }),
                  {
                    id: 'end',
                    label: t('end'),
                    tone: 'danger',
                    icon: <Trash2 aria-hidden />,
                    disabledReason: notMine ?? why('terminate', row),
                    onAction: () => end(row.account),
                  },
                ] satisfies MenuAction[])
          }
        />
      ),
    },
  ]

  return (
    <>
      <Table
        label={t('title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.account}
        empty={empty}
      />
      {blocks.dialog}
    </>
  )
}

/** A rejected card says why, for that is what its customer has to mend. */
function Status({ row }: { row: SimRow }) {
  const t = useTranslations('sims')
  if (row.state !== 'rejected') {
    return <AccountStatusChip status={row.status} blockedBy={row.blockedBy} />
  }
  return (
    <span className="grid max-w-72 justify-items-start gap-0.5 max-sm:justify-items-end">
      <StatusChip tone="danger">{t('states.rejected')}</StatusChip>
      <span className="text-xs text-muted max-sm:text-end">{row.rejection}</span>
    </span>
  )
}

function useWhyNot() {
  const say = useCatalogueCode('refusals')
  return (move: AccountMove, { iccid, status, blockedBy }: SimRow): string | undefined => {
    const rule = whyNot(move, { accountId: iccid, status, blockedBy }, 'customer')
    return rule && (say(rule.code, { others: 0, ...rule.details }) ?? rule.code)
  }
}

/** Ended at once, and brought back by a press. */
function useEnd(rows: readonly SimRow[]) {
  const t = useTranslations('sims')
  const trpc = useTRPC()
  const said = useSaid()
  const sentence = useRefusal()
  const repeatable = {
    trpc: { context: idempotent.context },
    onError: (error: unknown) => {
      void notify({ tone: 'danger', title: sentence(error) ?? '' })
    },
  }
  const restore = useMutation(
    trpc.accounts.restoreSims.mutationOptions({
      ...repeatable,
      onSuccess: () => said({ title: t('restored') }),
    }),
  )
  const end = useMutation(
    trpc.accounts.removeSims.mutationOptions({
      ...repeatable,
      onSuccess: (_, { accounts }) =>
        said({
          title: t('ended', {
            iccid: rows.find((row) => row.account === accounts[0])?.iccid ?? '',
          }),
          description: t('endedText'),
          undo: () => restore.mutate({ accounts, key: randomUuid() }),
        }),
    }),
  )
  return (account: number) => end.mutate({ accounts: [account], key: randomUuid() })
}
