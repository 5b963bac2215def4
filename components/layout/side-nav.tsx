'use client'

import { Menu } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef } from 'react'
import { currentItem, type NavGroup, type NavItem } from './nav.ts'

type Props = Readonly<{ groups: readonly NavGroup[] }>

/** All places of a realm, in groups. */
export function SideNav({ groups }: Props) {
  const t = useTranslations('common')
  return (
    <nav aria-label={t('navigation')} className="min-h-0 flex-1 overflow-y-auto px-3 py-2">
      <NavGroups groups={groups} />
    </nav>
  )
}

function NavGroups({ groups }: Props) {
  const path = usePathname()
  const current = currentItem(groups, path)

  return groups.map((group, i) => (
    <div key={group.label ?? i} className="mb-4 last:mb-0">
      {group.label && <p className="px-2.5 pb-1 text-xs/6 font-medium text-muted">{group.label}</p>}
      <ul className="grid gap-0.5">
        {group.items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={item === current ? 'page' : undefined}
              className={`flex h-9 items-center gap-2.5 rounded-[0.5rem] px-2.5 text-sm transition-colors lg:h-8 [&_svg]:size-4 [&_svg]:flex-none ${
                item === current
                  ? 'bg-accent-soft font-medium text-accent-soft-foreground'
                  : 'text-foreground hover:bg-default [&_svg]:text-muted'
              }`}
            >
              {item.icon}
              <span className="truncate">{item.label}</span>
              <Count item={item} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ))
}

function Count({ item }: { item: NavItem }) {
  if (!item.count) return null
  return (
    <span className="figures ms-auto rounded-full bg-warning-soft px-1.5 text-xs/5 font-medium text-warning-soft-foreground">
      {item.count}
    </span>
  )
}

/** The bottom bar of narrow screens: the first four places, and all of them under "More". */
export function BottomNav({ groups }: Props) {
  const t = useTranslations('common')
  const path = usePathname()
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const current = currentItem(groups, path)
  const first = groups.flatMap((group) => group.items).slice(0, 4)
  const look =
    'flex h-14 min-w-0 flex-col items-center justify-center gap-0.5 text-[0.6875rem] font-medium [&_svg]:size-5 -outline-offset-2'

  // A place was chosen: the sheet has done its work.
  useEffect(() => sheet.current?.hidePopover(), [path])

  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-border bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {first.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item === current ? 'page' : undefined}
          className={`${look} ${item === current ? 'text-accent-text' : 'text-muted'}`}
        >
          {item.icon}
          <span className="max-w-full truncate px-1">{item.short ?? item.label}</span>
        </Link>
      ))}
      <button type="button" popoverTarget={id} className={`${look} cursor-pointer text-muted`}>
        <Menu aria-hidden />
        {t('more')}
      </button>
      <div
        ref={sheet}
        id={id}
        popover="auto"
        className="fixed inset-x-0 top-auto bottom-0 m-0 max-h-[80dvh] w-full max-w-none overflow-y-auto rounded-t-[1rem] border-t border-border bg-overlay p-4 pb-20 text-foreground shadow-overlay backdrop:bg-backdrop"
      >
        <NavGroups groups={groups} />
      </div>
    </nav>
  )
}
