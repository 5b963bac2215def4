import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Brand } from '#components/theme/brand.ts'
import { BrandTokens } from '#components/theme/brand-tokens.tsx'
import type { Command } from '#components/ui/command.ts'
import { CommandButton, CommandMenu } from '#components/ui/command-menu.tsx'
import { ToastRegion } from '#components/ui/toast.tsx'
import type { Locale } from '#i18n/locales.ts'
import { BrandMark } from './brand-mark.tsx'
import type { NavGroup } from './nav.ts'
import { BottomNav, SideNav } from './side-nav.tsx'
import { MAIN_ID, SkipLink } from './skip-link.tsx'
import { type ShellUser, UserMenu } from './user-menu.tsx'

type Props = Readonly<{
  brand: Brand
  homeHref: string
  /** The most used places first: the first four are the bottom bar of narrow screens. */
  nav: readonly NavGroup[]
  user: ShellUser
  languages: readonly Locale[]
  /** Every page and action worth typing for; `useCommandSource` adds what the server can find. */
  commands: readonly Command[]
  userLinks?: ReactNode
  /** Across the top: "You are signed in as ABC Company", "sandbox, clock moved". */
  banner?: ReactNode
  children: ReactNode
}>

/** Self-care and administration: sidebar beside the content, bottom bar below it when narrow. */
export function AppShell(props: Props) {
  const { brand, homeHref, nav, user, languages, commands, userLinks, banner, children } = props

  return (
    <CommandMenu commands={commands}>
      <BrandTokens accent={brand.accent} />
      <SkipLink />
      <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh flex-col border-e border-border bg-background lg:flex">
          <Link href={homeHref} className="flex h-14 items-center px-5 -outline-offset-2">
            <BrandMark brand={brand} />
          </Link>
          <div className="px-3 pb-2">
            <CommandButton className="w-full" />
          </div>
          <SideNav groups={nav} />
          <div className="border-t border-border p-2">
            <UserMenu user={user} languages={languages} links={userLinks} />
          </div>
        </aside>
        <div className="min-w-0">
          <header className="sticky top-0 z-20 flex h-14 items-center justify-between gap-3 border-b border-border bg-background px-4 lg:hidden">
            <Link href={homeHref} className="min-w-0">
              <BrandMark brand={brand} />
            </Link>
            <div className="flex items-center gap-2">
              <CommandButton className="w-9 overflow-hidden sm:w-auto [&>kbd]:max-sm:hidden [&>span]:max-sm:sr-only" />
              <UserMenu user={user} languages={languages} links={userLinks} compact />
            </div>
          </header>
          {banner}
          <main
            id={MAIN_ID}
            tabIndex={-1}
            className="mx-auto max-w-6xl px-4 pt-6 pb-28 outline-none sm:px-6 lg:px-8 lg:pt-8 lg:pb-16"
          >
            {children}
          </main>
        </div>
      </div>
      <BottomNav groups={nav} />
      <ToastRegion />
    </CommandMenu>
  )
}
