'use client'

import { ArrowRightLeft, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { ActionMenu, type MenuAction } from '#components/ui/action-menu.tsx'
import { TextLink } from '#components/ui/button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { PhoneNumber } from '#components/ui/money.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { whyNotLeave } from '#server/accounts/schema.numbers.ts'
import { paths } from '#server/kernel/routes.ts'
import type { PlacedNumber, PlacesQuery, ReachedAccount } from '#server/numbers/schema.places.ts'
import { MoveDialog } from './move-dialog.tsx'
import { useReachedName } from './reached.ts'
import { useMoveNumber } from './use-move-number.ts'

type Sort = NonNullable<Column<PlacedNumber>['sort']>

type Props = Readonly<{
  rows: readonly PlacedNumber[]
  /** Where pressing a heading leads. */
  sorts: Readonly<Record<PlacesQuery['sort'], Sort>>
  /** How the phone of a line is set up, by its number. */
  phones: Readonly<Record<string, ReactNode>>
  empty: ReactNode
}>

/** My numbers, whom each one reaches, and the ways to elsewhere. */
export function NumberTable({ rows, sorts, phones, empty }: Props) {
  const t = useTranslations('numbers')
  const actionsOf = useActions((number) => setOpened({ number, isOpen: true }))
  const [opened, setOpened] = useState<{ number: PlacedNumber; isOpen: boolean }>()

  const columns: Column<PlacedNumber>[] = [
    {
      id: 'number',
      header: t('columns.number'),
      primary: true,
      sort: sorts.number,
      cell: (row) => <PhoneNumber number={row.number} />,
    },
    {
      id: 'city',
      header: t('columns.city'),
      sort: sorts.city,
      cell: (row) => [row.city, row.region].filter(Boolean).join(', '),
    },
    {
      id: 'reaches',
      header: t('columns.reaches'),
      sort: sorts.reaches,
      cell: ({ reaches }) =>
        reaches ? (
          <Reached account={reaches} />
        ) : (
          <StatusChip tone="neutral">{t('unassigned')}</StatusChip>
        ),
    },
    {
      id: 'accountId',
      header: t('columns.accountId'),
      wideOnly: true,
      cell: ({ reaches }) => (
        <span className="figures text-muted">{reaches?.accountId ?? '–'}</span>
      ),
    },
  ]
  // Extensions have theirs where they are; a line is shown here alone.
  if (rows.some(isLine)) {
    columns.push({
      id: 'phone',
      header: t('columns.phone'),
      align: 'end',
      cell: ({ number }) => phones[number],
    })
  }
  // A line is called by its number, which never leaves it.
  if (!rows.every(isLine)) {
    columns.push({
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) => (
        <ActionMenu
          label={t('actionsOf', { number: formatPhone(row.number) })}
          actions={actionsOf(row)}
        />
      ),
    })
  }

  return (
    <>
      <Table
        label={t('title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.number}
        empty={empty}
      />
      {opened && (
        <MoveDialog
          key={opened.number.number}
          number={opened.number}
          isOpen={opened.isOpen}
          onClose={() => setOpened({ ...opened, isOpen: false })}
        />
      )}
    </>
  )
}

const isLine = ({ reaches }: PlacedNumber): boolean => reaches?.kind === 'line'

/** What can be done with a number, and why not. */
function useActions(onMove: (number: PlacedNumber) => void) {
  const t = useTranslations('numbers')
  const say = useCatalogueCode('refusals')
  const moving = useMoveNumber()
  const notMine = useWhyNotMine()('numbers:write')

  return (number: PlacedNumber): MenuAction[] => {
    const rule = whyNotLeave(number.number, number.reaches, 'customer')
    const disabledReason =
      notMine ?? (rule && (say(rule.code, { others: 0, ...rule.details }) ?? rule.code))
    const move: MenuAction = {
      id: 'move',
      label: number.reaches ? t('move.action') : t('move.give'),
      icon: <ArrowRightLeft aria-hidden />,
      disabledReason,
      onAction: () => onMove(number),
    }
    if (!number.reaches) return [move]
    return [
      move,
      {
        id: 'release',
        label: t('release'),
        icon: <Undo2 aria-hidden />,
        disabledReason,
        onAction: () => void moving.move(number, null),
      },
    ]
  }
}

function Reached({ account }: { account: ReachedAccount }) {
  const words = useReachedName()(account)
  if (account.kind === 'extension') {
    return (
      <TextLink href={`${paths.extensions()}?q=${encodeURIComponent(account.accountId)}`}>
        {words}
      </TextLink>
    )
  }
  if (account.kind === 'auto_attendant') {
    return <TextLink href={paths.autoAttendant(account.account)}>{words}</TextLink>
  }
  return words
}
