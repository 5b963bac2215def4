'use client'

import { BookUser, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { Drawer } from '#components/ui/dialog.tsx'
import { Badge } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { DeviceView } from '#server/devices/schema.ts'
import type { ExtensionRow } from '#server/pbx/schema.ts'
import { NumberLines } from './number-lines.tsx'
import { PhoneSetup } from './phone-setup.tsx'

export type ExtensionWithPhone = ExtensionRow & Readonly<{ device: DeviceView | null }>

type Props = Readonly<{ rows: readonly ExtensionWithPhone[]; empty: ReactNode }>

/** Extensions, dense and calm; what can be done with one is in its menu. */
export function ExtensionTable({ rows, empty }: Props) {
  const t = useTranslations('pbx')
  const [phoneOf, setPhoneOf] = useState<number>()
  const opened = rows.find((row) => row.account === phoneOf)

  const columns: Column<ExtensionWithPhone>[] = [
    {
      id: 'extension',
      header: t('columns.extension'),
      primary: true,
      cell: (row) => (
        <span className="flex items-baseline gap-3">
          <span className="figures">{row.extension}</span>
          <span className="min-w-0 sm:hidden">
            <Name row={row} />
          </span>
        </span>
      ),
    },
    { id: 'name', header: t('columns.name'), wideOnly: true, cell: (row) => <Name row={row} /> },
    { id: 'product', header: t('columns.product'), cell: (row) => <Products row={row} /> },
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
      cell: (row) => <AccountStatusChip status={row.status} blockedBy={row.blockedBy} />,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => (
        <ActionMenu
          label={t('extensions.actionsOf', { extension: row.extension })}
          actions={[
            {
              id: 'phone',
              label: t('extensions.setUpPhone'),
              icon: <Smartphone aria-hidden />,
              onAction: () => setPhoneOf(row.account),
            },
          ]}
        />
      ),
    },
  ]

  return (
    <>
      <Table
        label={t('extensions.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.account}
        empty={empty}
      />
      <Drawer
        isOpen={opened !== undefined}
        onClose={() => setPhoneOf(undefined)}
        title={opened ? t('extensions.setUpTitle', { extension: opened.extension }) : ''}
        description={opened?.name}
      >
        {opened && (
          <PhoneSetup
            key={opened.account}
            account={opened.account}
            device={opened.device}
            mayChoose
          />
        )}
      </Drawer>
    </>
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
