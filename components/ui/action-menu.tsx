'use client'

import { Dropdown } from '@heroui/react/dropdown'
import { Ellipsis } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import './overlays.css'

export type MenuAction = Readonly<{
  id: string
  label: string
  icon?: ReactNode
  tone?: 'normal' | 'danger'
  /** Why not now; shown under the label, the entry stays in sight. */
  disabledReason?: string
  onAction?: () => void
  href?: string
}>

type Props = Readonly<{
  /** "Actions for extension 4665". */
  label: string
  actions: readonly MenuAction[]
}>

/** What can be done with one row. */
export function ActionMenu({ label, actions }: Props) {
  const router = useRouter()
  const disabled = actions.filter((a) => a.disabledReason).map((a) => a.id)

  return (
    <Dropdown>
      <Dropdown.Trigger
        aria-label={label}
        className="button button--ghost button--sm button--icon-only"
      >
        <Ellipsis aria-hidden className="text-muted" />
      </Dropdown.Trigger>
      <Dropdown.Popover placement="bottom end" className="min-w-52">
        <Dropdown.Menu
          aria-label={label}
          disabledKeys={disabled}
          onAction={(key) => {
            const action = actions.find((a) => a.id === key)
            action?.onAction?.()
            if (action?.href) router.push(action.href)
          }}
        >
          {actions.map((action) => (
            <Dropdown.Item
              key={action.id}
              id={action.id}
              textValue={action.label}
              className={action.disabledReason ? 'opacity-100' : ''}
            >
              <span
                className={`flex items-center gap-2 text-sm [&_svg]:size-4 ${
                  action.disabledReason
                    ? 'text-muted'
                    : action.tone === 'danger'
                      ? 'text-danger-text'
                      : ''
                }`}
              >
                {action.icon}
                <span className="grid">
                  {action.label}
                  {action.disabledReason && (
                    <span className="max-w-60 text-xs">{action.disabledReason}</span>
                  )}
                </span>
              </span>
            </Dropdown.Item>
          ))}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  )
}
