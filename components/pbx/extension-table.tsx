'use client'

import { BookUser, PanelRight, Smartphone, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { Badge } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { Moment } from '#components/ui/time.tsx'
import { whyNot } from '#server/accounts/schema.moves.ts'
import type { DeviceView } from '#server/devices/schema.ts'
import type { ExtensionQuery, ExtensionRow, extensionSorts } from '#server/pbx/schema.ts'
import { type ColumnId, sortText } from './extension-query.ts'
import { NumberLines } from './number-lines.tsx'
import type { Selection } from './selection.ts'
import { useAddress } from './use-address.ts'
import { useEnds } from './use-ends.ts'
import { useWhyNot } from './why-not.ts'

export type ExtensionWithPhone = ExtensionRow & Readonly<{ device: DeviceView | null }>

type Props = Readonly<{
  rows: readonly ExtensionWithPhone[]
  query: ExtensionQuery
  columns: readonly ColumnId[]
  selection: Selection
  empty: ReactNode
}>

/** Extensions, dense and calm: each opens at its number, and what can be done with it is in its menu. */
export function ExtensionTable({ rows, query, columns: shown, selection, empty }: Props) {
  const t = useTranslations('pbx')
  const select = useTranslations('common')
  const address = useAddress()
  const sorted = (column: (typeof extensionSorts)[number]) => ({
    href: address.href({ sort: sortText(column, query), open: undefined, tab: undefined }),
    direction: query.sort === column ? query.direction : undefined,
  })

  const columns: (Column<ExtensionWithPhone> & {
    id: 'select' | 'extension' | 'actions' | ColumnId
  })[] = [
    {
      id: 'select',
      header: select('selectAll'),
      hideHeader: true,
      className: 'sm:w-0 sm:pe-0!',
      cell: (row) => (
        <input
          type="checkbox"
          className="tick align-middle"
          aria-label={select('selectRow', { row: row.extension })}
          checked={selection.has(row)}
          onChange={() => selection.toggle(row)}
        />
      ),
    },
    {
      id: 'extension',
      header: t('columns.extension'),
      primary: true,
      sort: sorted('extension'),
      cell: (row) => (
        <span className="flex items-baseline gap-3">
          <OpenLink row={row} />
          <span className="min-w-0 sm:hidden">
            <Name row={row} />
          </span>
        </span>
      ),
    },
    {
      id: 'name',
      header: t('columns.name'),
      wideOnly: true,
      sort: sorted('name'),
      cell: (row) => <Name row={row} />,
    },
    {
      id: 'product',
      header: t('columns.product'),
      sort: sorted('product'),
      cell: (row) => <Products row={row} />,
    },
    {
      id: 'numbers',
      header: t('columns.numbers'),
      cell: (row) => <NumberLines numbers={row.numbers} />,
    },
    {
      id: 'device',
      header: t('columns.device'),
      cell: ({ device }) =>
        device ? (
          `${device.vendor} ${device.model}`
        ) : (
          <span className="text-muted">{t('extensions.noDevice')}</span>
        ),
    },
    {
      id: 'status',
      header: t('columns.status'),
      sort: sorted('status'),
      cell: (row) => <AccountStatusChip status={row.status} blockedBy={row.blockedBy} />,
    },
    {
      id: 'added',
      header: t('columns.added'),
      sort: sorted('added'),
      cell: (row) => <Moment at={row.added} />,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => <RowMenu row={row} />,
    },
  ]
  const always = ['select', 'extension', 'actions']

  return (
    <Table
      label={t('extensions.title')}
      columns={columns.filter(({ id }) => always.includes(id) || shown.includes(id as ColumnId))}
      rows={rows}
      rowKey={(row) => row.account}
      isSelected={selection.has}
      empty={empty}
    />
  )
}

/** A link, so that it opens in a tab of its own, too; otherwise the drawer opens without asking the server. */
function OpenLink({ row: { extension } }: { row: ExtensionRow }) {
  const t = useTranslations('pbx.drawer')
  const address = useAddress()
  return (
    <a
      href={address.href({ open: extension })}
      aria-haspopup="dialog"
      title={t('open', { extension })}
      className="figures rounded-[0.1875rem] text-accent-text underline decoration-1 underline-offset-3 hover:decoration-2"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        address.go({ open: extension })
      }}
    >
      {extension}
    </a>
  )
}

function RowMenu({ row }: { row: ExtensionRow }) {
  const t = useTranslations('pbx')
  const address = useAddress()
  const reason = useWhyNot()
  const notMine = useWhyNotMine()('accounts:write')
  const { end } = useEnds()

  return (
    <ActionMenu
      label={t('extensions.actionsOf', { extension: row.extension })}
      actions={[
        {
          id: 'open',
          label: t('drawer.details'),
          icon: <PanelRight aria-hidden />,
          onAction: () => address.go({ open: row.extension }),
        },
        {
          id: 'phone',
          label: t('extensions.setUpPhone'),
          icon: <Smartphone aria-hidden />,
          onAction: () => address.go({ open: row.extension, tab: 'device' }),
        },
        {
          id: 'end',
          label: t('ends.one', { extension: row.extension }),
          icon: <Trash2 aria-hidden />,
          tone: 'danger',
          disabledReason: notMine ?? reason(whyNot('terminate', row, 'customer')),
          onAction: () => end.mutate({ accounts: [row.account], key: randomUuid() }),
        },
      ]}
    />
  )
}

function Name({ row }: { row: ExtensionRow }) {
  const t = useTranslations('pbx.extensions')
  return (
    <span className="grid">
      <span className="flex items-center gap-1.5">
        {row.name || <span className="text-muted">{t('unnamed')}</span>}
        {row.published && (
          <BookUser
            role="img"
            aria-label={t('published')}
            className="size-3.5 flex-none text-muted"
          />
        )}
      </span>
      <span className="text-xs font-normal text-muted">{row.accountId}</span>
    </span>
  )
}

function Products({ row }: { row: ExtensionRow }) {
  return (
    <span className="flex flex-wrap items-center gap-1.5 max-sm:justify-end">
      {row.product}
      {row.addons.map(({ product, name }) => (
        <Badge key={product}>{name}</Badge>
      ))}
    </span>
  )
}
