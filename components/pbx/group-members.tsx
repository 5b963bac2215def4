'use client'

import { ArrowDown, ArrowUp, ChevronsUp, GripVertical, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import {
  Button as AriaButton,
  DropIndicator,
  GridList,
  GridListItem,
  useDragAndDrop,
} from 'react-aria-components'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { whyNot } from '#server/accounts/schema.moves.ts'
import type { GroupMember } from '#server/pbx/schema.groups.ts'
import { useWhyNot } from './why-not.ts'

type Props = Readonly<{
  label: string
  members: readonly GroupMember[]
  /** Numbers say the order; where all ring at once there is none. */
  inOrder: boolean
  /** Why this person may change nothing here. */
  locked: string | undefined
  onMove: (members: readonly GroupMember[], before: number | null) => void
  onRemove: (member: GroupMember) => void
}>

/** Whom a hunt group rings: ordered by dragging, by the keyboard from the handle, or by the menu. */
export function GroupMembers(props: Props) {
  const t = useTranslations('pbx.groups')
  const { label, members, inOrder, locked, onMove } = props
  const byId = new Map(members.map((member) => [member.account, member]))
  const named = (keys: Iterable<unknown>) => [...keys].flatMap((key) => byId.get(Number(key)) ?? [])

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => named(keys).map((member) => ({ 'text/plain': nameOf(member) })),
    onReorder({ keys, target }) {
      const at = members.findIndex((member) => member.account === target.key)
      const next = target.dropPosition === 'before' ? members[at] : members[at + 1]
      onMove(named(keys), next?.account ?? null)
    },
    renderDropIndicator: (target) => (
      <DropIndicator
        target={target}
        className={({ isDropTarget }) =>
          `-my-px block h-0.5 outline-none ${isDropTarget ? 'bg-accent' : ''}`
        }
      />
    ),
  })

  return (
    <GridList
      aria-label={label}
      items={members}
      dependencies={[inOrder, locked]}
      dragAndDropHooks={locked ? undefined : dragAndDropHooks}
      className="divide-y divide-separator outline-none"
    >
      {(member) => (
        <GridListItem
          id={member.account}
          textValue={nameOf(member)}
          className="flex min-h-12 items-center gap-2 px-2 py-1.5 outline-none -outline-offset-2 data-[dragging]:opacity-50 data-[focus-visible]:outline-2 data-[focus-visible]:outline-focus sm:px-3"
        >
          {!locked && (
            <AriaButton
              slot="drag"
              className="grid size-8 flex-none cursor-grab place-items-center rounded-[0.375rem] text-muted outline-none hover:text-foreground data-[focus-visible]:outline-2 data-[focus-visible]:outline-focus"
            >
              <GripVertical aria-hidden className="size-4" />
            </AriaButton>
          )}
          {inOrder && (
            <span className="figures w-5 flex-none text-end text-sm text-muted">
              {members.indexOf(member) + 1}
            </span>
          )}
          <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-0.5 ps-1">
            <span className="figures w-14 font-medium">{member.extension}</span>
            <span className="min-w-0 truncate">{member.name || t('unnamed')}</span>
            {member.status !== 'active' && (
              <AccountStatusChip status={member.status} blockedBy={member.blockedBy} />
            )}
          </span>
          <MemberMenu {...props} member={member} />
        </GridListItem>
      )}
    </GridList>
  )
}

type MenuProps = Pick<Props, 'members' | 'locked' | 'onMove' | 'onRemove'> &
  Readonly<{ member: GroupMember }>

function MemberMenu({ members, member, locked, onMove, onRemove }: MenuProps) {
  const t = useTranslations('pbx.groups')
  const reason = useWhyNot()
  const disabledReason = locked ?? reason(whyNot('edit', member, 'customer'))
  const at = members.indexOf(member)
  const to = (before: GroupMember | undefined) => onMove([member], before?.account ?? null)
  const first = disabledReason ?? (at === 0 ? t('isFirst') : undefined)
  const last = disabledReason ?? (at === members.length - 1 ? t('isLast') : undefined)

  return (
    <ActionMenu
      label={t('actionsOf', { extension: member.extension })}
      actions={[
        {
          id: 'up',
          label: t('moveUp'),
          icon: <ArrowUp aria-hidden />,
          disabledReason: first,
          onAction: () => to(members[at - 1]),
        },
        {
          id: 'down',
          label: t('moveDown'),
          icon: <ArrowDown aria-hidden />,
          disabledReason: last,
          onAction: () => to(members[at + 2]),
        },
        {
          id: 'top',
          label: t('moveTop'),
          icon: <ChevronsUp aria-hidden />,
          disabledReason: first,
          onAction: () => to(members[0]),
        },
        {
          id: 'remove',
          label: t('remove'),
          icon: <X aria-hidden />,
          tone: 'danger',
          disabledReason,
          onAction: () => onRemove(member),
        },
      ]}
    />
  )
}

const nameOf = ({ extension, name }: GroupMember) => [extension, name].filter(Boolean).join(' ')
