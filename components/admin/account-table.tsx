'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useBlockActions } from '#components/blocks/block-button.tsx'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { Moment } from '#components/ui/time.tsx'
import type { AccountRow } from '#server/accounts/schema.admin.ts'

type Props = Readonly<{ customer: number; rows: readonly AccountRow[]; empty: ReactNode }>

/** A customer's accounts, and what its provider may do to one. */
export function AccountTable({ customer, rows, empty }: Props) {
  const t = useTranslations('admin.accounts')
  const kinds = useTranslations('admin.kinds')
  const blocks = useBlockActions({ customer })

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
          actions={[blocks.actionOf(row)]}
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
