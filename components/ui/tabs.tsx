'use client'

import { Tabs as HeroTabs } from '@heroui/react/tabs'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import './overlays.css'

type Tab = Readonly<{ id: string; label: ReactNode; content: ReactNode }>

type Props = Readonly<{
  label: string
  tabs: readonly Tab[]
  selected?: string
  onSelect?: (id: string) => void
}>

/** Views of one thing that need no address of their own, as in a drawer. */
export function Tabs({ label, tabs, selected, onSelect }: Props) {
  return (
    <HeroTabs
      variant="secondary"
      {...(selected === undefined ? {} : { selectedKey: selected })}
      onSelectionChange={(key) => onSelect?.(String(key))}
    >
      <HeroTabs.ListContainer>
        <HeroTabs.List aria-label={label}>
          {tabs.map((tab) => (
            <HeroTabs.Tab key={tab.id} id={tab.id} className="w-fit whitespace-nowrap">
              {tab.label}
              <HeroTabs.Indicator />
            </HeroTabs.Tab>
          ))}
        </HeroTabs.List>
      </HeroTabs.ListContainer>
      {tabs.map((tab) => (
        <HeroTabs.Panel key={tab.id} id={tab.id} className="px-0 pt-4">
          {tab.content}
        </HeroTabs.Panel>
      ))}
    </HeroTabs>
  )
}

type NavTab = Readonly<{
  href: string
  label: string
  count?: number
  /** Current on every page below this address; otherwise on its own page only. */
  under?: string
}>

/** Pages of one thing: each has its address, so back, bookmarks and sharing work. */
export function NavTabs({ label, tabs }: { label: string; tabs: readonly NavTab[] }) {
  const path = usePathname()
  const nav = useRef<HTMLElement>(null)
  // On a narrow screen the page that is open may be named beyond the edge.
  useEffect(() => bringToSight(nav.current, '[aria-current]'), [path])

  return (
    <nav ref={nav} aria-label={label} className="mb-6 overflow-x-auto border-b border-border">
      <ul className="flex gap-5">
        {tabs.map(({ href, label: name, count, under }) => {
          const current =
            path === href.split('?')[0] || Boolean(under && path.startsWith(`${under}/`))
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={current ? 'page' : undefined}
                className={`flex h-10 items-center gap-2 border-b-2 px-0.5 text-sm font-medium whitespace-nowrap -outline-offset-2 ${
                  current
                    ? 'border-accent-text text-foreground'
                    : 'border-transparent text-muted hover:text-foreground'
                }`}
              >
                {name}
                {count !== undefined && <span className="figures text-muted">{count}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** Moves what is wider than its place sideways, and nothing else. */
function bringToSight(place: HTMLElement | null, selector: string): void {
  const wanted = place?.querySelector(selector)?.getBoundingClientRect()
  const seen = place?.getBoundingClientRect()
  if (!wanted || !seen || (wanted.left >= seen.left && wanted.right <= seen.right)) return
  place?.scrollBy({ left: (wanted.left + wanted.right - seen.left - seen.right) / 2 })
}
