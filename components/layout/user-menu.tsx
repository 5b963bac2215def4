'use client'

import { ChevronsUpDown, LogOut } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { LanguageSwitch, ThemeSwitch } from '#components/theme/preferences.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import type { Locale } from '#i18n/locales.ts'

export type ShellUser = Readonly<{
  name: string
  /** Under the name: the company, the role. */
  detail?: string
}>

type Props = Readonly<{
  user: ShellUser
  languages: readonly Locale[]
  /** Links of the realm: password, sessions. */
  links?: ReactNode
  compact?: boolean
}>

/** Who is signed in, how the pages look and speak to them, and the way out. */
export function UserMenu({ user, languages, links, compact = false }: Props) {
  const t = useTranslations('common')
  const id = useId()

  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t('menuOf', { name: user.name })}
        className={`flex cursor-pointer items-center gap-2.5 rounded-[0.5rem] text-start transition-colors hover:bg-default ${compact ? 'p-1' : 'w-full p-2'}`}
      >
        <Initials name={user.name} />
        {!compact && (
          <>
            <span className="grid min-w-0 flex-1 text-sm/5">
              <span className="truncate font-medium">{user.name}</span>
              {user.detail && <span className="truncate text-xs text-muted">{user.detail}</span>}
            </span>
            <ChevronsUpDown aria-hidden className="size-4 flex-none text-muted" />
          </>
        )}
      </button>
      <div
        id={id}
        popover="auto"
        // Beside the button that opened it: the invoker is the panel's implicit anchor.
        style={{
          positionArea: compact ? 'block-end span-inline-start' : 'block-start span-inline-end',
        }}
        className="m-2 w-72 max-w-[calc(100vw-1rem)] rounded-[0.75rem] border border-border bg-overlay p-3 text-foreground shadow-overlay"
      >
        <div className="grid gap-3">
          <div className="flex items-center gap-2.5 px-1">
            <Initials name={user.name} />
            <div className="grid min-w-0 text-sm/5">
              <span className="truncate font-medium">{user.name}</span>
              {user.detail && <span className="truncate text-xs text-muted">{user.detail}</span>}
            </div>
          </div>
          <ThemeSwitch />
          <LanguageSwitch languages={languages} labelled />
          <div className="grid gap-0.5 border-t border-separator pt-2">
            {links}
            <SignOutButton />
          </div>
        </div>
      </div>
    </>
  )
}

function Initials({ name }: { name: string }) {
  const letters = name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.charAt(0))
  return (
    <span
      aria-hidden
      className="grid size-8 flex-none place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-soft-foreground"
    >
      {[letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toLocaleUpperCase()}
    </span>
  )
}

/** Ends the session by next-auth's own endpoint, then leaves with a fresh page: nothing stays in memory. */
function SignOutButton() {
  const t = useTranslations('common')
  const [leaving, setLeaving] = useState(false)

  async function signOut() {
    setLeaving(true)
    try {
      const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
      await fetch('/api/auth/signout', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ csrfToken, json: 'true' }),
      })
      location.assign('/login')
    } catch {
      setLeaving(false)
    }
  }

  return (
    <button
      type="button"
      onClick={signOut}
      aria-busy={leaving}
      className={buttonClass({ variant: 'ghost', className: 'justify-start px-2' })}
    >
      {leaving ? <Spinner /> : <LogOut aria-hidden className="text-muted rtl:-scale-x-100" />}
      {t('signOut')}
    </button>
  )
}
