'use client'

import { useMutation } from '@tanstack/react-query'
import { Ban, CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { Moment } from '#components/ui/time.tsx'
import type { AccountRow } from '#server/accounts/schema.admin.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { useChanged } from './use-changed.ts'
import { useWhyNot } from './why-not.ts'

type Props = Readonly<{ customer: number; rows: readonly AccountRow[]; empty: ReactNode }>

/** A customer's accounts, and what its provider may do to one. */
export function AccountTable({ customer, rows, empty }: Props) {
  const t = useTranslations('admin.accounts')
  const kinds = useTranslations('admin.kinds')
  const why = useWhyNot()
  const sentence = useRefusal()
  const [blocking, setBlocking] = useState<AccountRow>()
  const { block, unblock } = useBlocks(customer, rows, () => setBlocking(undefined))
  const refusal = sentence(unblock.error)

  const columns: Column<AccountRow>[] = [
    {
      id: 'account',
      header: t('columns.account'),
      primary: true,
      cell: (row) => (
        <span className="grid">
          <span className="figures break-all">{row.accountId}</span>
          {row.imsi && <span className="figures text-xs text-muted">IMSI {row.imsi}</span>}
        </span>
      ),
    },
    { id: 'name', header: t('columns.name'), cell: (row) => row.name || '–' },
    { id: 'kind', header: t('columns.kind'), wideOnly: true, cell: (row) => kinds(row.kind) },
    { id: 'product', header: t('columns.product'), cell: (row) => row.product },
    {
      id: 'status',
      header: t('columns.status'),
      cell: (row) => (
        <span className="grid justify-items-start gap-0.5 max-sm:justify-items-end">
          <AccountStatusChip status={row.status} blockedBy={row.blockedBy} />
          {row.rejection && (
            <span className="text-xs text-muted">{t('rejected', { reason: row.rejection })}</span>
          )}
        </span>
      ),
    },
    {
      id: 'since',
      header: t('columns.since'),
      wideOnly: true,
      cell: (row) => <Moment at={row.since} />,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => (
        <ActionMenu
          label={t('actionsOf', { account: row.accountId })}
          actions={[
            row.status === 'blocked'
              ? {
                  id: 'unblock',
                  label: t('unblock'),
                  icon: <CircleCheck aria-hidden />,
                  onAction: () => unblock.of(row),
                }
              : {
                  id: 'block',
                  label: t('block'),
                  tone: 'danger',
                  icon: <Ban aria-hidden />,
                  disabledReason: why('block', row),
                  onAction: () => setBlocking(row),
                },
          ]}
        />
      ),
    },
  ]

  return (
    <>
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
        rows={rows}
        rowKey={(row) => row.account}
        empty={empty}
      />
      <ReasonDialog
        isOpen={blocking !== undefined}
        onClose={() => setBlocking(undefined)}
        title={blocking ? t('blockTitle', { account: blocking.accountId }) : ''}
        text={t('blockText')}
        reasonLabel={t('reason')}
        reasonHint={t('reasonHint')}
        submitLabel={t('blockSubmit')}
        onSubmit={(reason) => blocking && block.of(blocking, reason)}
        loading={block.isPending}
        submitError={block.error}
      />
    </>
  )
}

function useBlocks(customer: number, rows: readonly AccountRow[], onBlocked: () => void) {
  const t = useTranslations('admin.accounts')
  const trpc = useTRPC()
  const changed = useChanged()
  const name = (accounts: readonly number[]) =>
    rows.find((row) => row.account === accounts[0])?.accountId ?? ''
  const repeatable = { trpc: { context: idempotent.context } }

  const block = useMutation(
    trpc.accounts.blocks.blockFor.mutationOptions({
      ...repeatable,
      onSuccess: (_, { accounts }) => {
        onBlocked()
        changed({ title: t('blockedToast', { account: name(accounts) }) })
      },
    }),
  )
  const unblock = useMutation(
    trpc.accounts.blocks.unblockFor.mutationOptions({
      ...repeatable,
      onSuccess: (_, { accounts }) =>
        changed({ title: t('unblockedToast', { account: name(accounts) }) }),
    }),
  )
  return {
    block: {
      ...block,
      of: ({ account }: AccountRow, reason: string) =>
        block.mutate({ customer, accounts: [account], reason, key: randomUuid() }),
    },
    unblock: {
      ...unblock,
      of: ({ account }: AccountRow) =>
        unblock.mutate({ customer, accounts: [account], key: randomUuid() }),
    },
  }
}
