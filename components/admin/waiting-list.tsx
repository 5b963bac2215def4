'use client'

import { useMutation } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { IconButton } from '#components/ui/action-button.tsx'
import { Button, TextLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { AccountRow } from '#server/accounts/schema.admin.ts'
import { paths } from '#server/kernel/routes.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ rows: readonly AccountRow[]; empty: ReactNode }>

/** Accounts that wait: one or many of them approved, or rejected with a reason. */
export function WaitingList({ rows, empty }: Props) {
  const t = useTranslations('admin.approvals')
  const common = useTranslations('common')
  const kinds = useTranslations('admin.kinds')
  const sentence = useRefusal()
  const [selected, setSelected] = useState<readonly number[]>([])
  const [rejecting, setRejecting] = useState<readonly number[]>()
  const { activate, reject } = useDecisions(() => {
    setSelected([])
    setRejecting(undefined)
  })
  const refusal = sentence(activate.error)
  // What was decided on elsewhere is no longer in the list, nor selected.
  const chosen = rows.map((row) => row.account).filter((account) => selected.includes(account))
  const toggle = (account: number) =>
    setSelected(
      chosen.includes(account) ? chosen.filter((one) => one !== account) : [...chosen, account],
    )

  const columns: Column<AccountRow>[] = [
    {
      id: 'select',
      header: t('columns.select'),
      hideHeader: true,
      className: 'w-8',
      cell: ({ account, accountId }) => (
        <input
          type="checkbox"
          className="tick"
          aria-label={common('selectRow', { row: accountId })}
          checked={chosen.includes(account)}
          onChange={() => toggle(account)}
        />
      ),
    },
    {
      id: 'account',
      header: t('columns.account'),
      primary: true,
      cell: (row) => (
        <span className="grid">
          <span className="figures break-all">{row.accountId}</span>
          <span className="text-xs font-normal text-muted">
            {[kinds(row.kind), row.name, row.imsi && t('imsi', { imsi: row.imsi })]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'customer',
      header: t('columns.customer'),
      cell: (row) => <TextLink href={paths.customer(row.customer)}>{row.customerName}</TextLink>,
    },
    { id: 'product', header: t('columns.product'), cell: (row) => row.product },
    {
      id: 'waits',
      header: t('columns.waits'),
      cell: (row) => <RelativeTime at={row.since} />,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: ({ account, accountId }) => (
        <span className="inline-flex gap-1">
          <IconButton
            size="sm"
            label={t('approveOne', { account: accountId })}
            onClick={() => activate.mutate({ accounts: [account] })}
          >
            <Check aria-hidden className="text-success-text" />
          </IconButton>
          <IconButton
            size="sm"
            label={t('rejectOne', { account: accountId })}
            onClick={() => setRejecting([account])}
          >
            <X aria-hidden className="text-danger-text" />
          </IconButton>
        </span>
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
      {chosen.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 border-b border-separator bg-accent-soft px-4 py-2 text-sm">
          <span className="me-auto font-medium" role="status">
            {t('selected', { count: chosen.length })}
          </span>
          <Button size="sm" variant="ghost" onClick={() => setSelected([])}>
            {t('clearSelection')}
          </Button>
          <Button size="sm" onClick={() => setRejecting(chosen)}>
            {t('rejectMany', { count: chosen.length })}
          </Button>
          <Button
            size="sm"
            variant="primary"
            loading={activate.isPending}
            onClick={() => activate.mutate({ accounts: [...chosen] })}
          >
            {t('approveMany', { count: chosen.length })}
          </Button>
        </div>
      )}
      <Table
        label={t('accounts')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.account}
        isSelected={(row) => chosen.includes(row.account)}
        empty={empty}
      />
      <ReasonDialog
        isOpen={rejecting !== undefined}
        onClose={() => setRejecting(undefined)}
        title={t('rejectTitle', { count: rejecting?.length ?? 1 })}
        text={t('rejectText')}
        reasonLabel={t('reason')}
        reasonHint={t('reasonHint')}
        submitLabel={t('rejectSubmit')}
        onSubmit={(reason) => rejecting && reject.mutate({ accounts: [...rejecting], reason })}
        loading={reject.isPending}
        submitError={reject.error}
      />
    </>
  )
}

function useDecisions(onDone: () => void) {
  const t = useTranslations('admin.approvals')
  const trpc = useTRPC()
  const changed = useChanged()

  return {
    activate: useMutation(
      trpc.accounts.activate.mutationOptions({
        onSuccess: (_, { accounts }) => {
          onDone()
          changed({ title: t('approved', { count: accounts.length }) })
        },
      }),
    ),
    reject: useMutation(
      trpc.accounts.reject.mutationOptions({
        onSuccess: (_, { accounts }) => {
          onDone()
          changed({
            title: t('rejected', { count: accounts.length }),
            description: t('rejectedText'),
          })
        },
      }),
    ),
  }
}
