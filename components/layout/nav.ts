import type { ReactNode } from 'react'

export type NavItem = Readonly<{
  href: string
  label: string
  /** Where there is little room: in the bottom bar. */
  short?: string
  icon: ReactNode
  /** What waits there: approvals, failed deliveries. */
  count?: number
  /** Current on this very address only; otherwise also on those below it. */
  exact?: boolean
}>

export type NavGroup = Readonly<{ label?: string; items: readonly NavItem[] }>

/** The entry a page belongs to: the longest address that the page's begins with. */
export function currentItem(groups: readonly NavGroup[], path: string): NavItem | undefined {
  return groups
    .flatMap((group) => group.items)
    .filter(({ href, exact }) => path === href || (!exact && path.startsWith(`${href}/`)))
    .sort((a, b) => b.href.length - a.href.length)[0]
}
