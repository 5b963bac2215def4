'use client'

import { Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Command, CommandSource } from './command.ts'

const Window = dynamic(() => import('./command-window.tsx').then((m) => m.CommandWindow), {
  ssr: false,
})

type Menu = Readonly<{ open: () => void; setSource: (source: CommandSource | undefined) => void }>

const MenuContext = createContext<Menu>({ open: () => {}, setSource: () => {} })

type Props = Readonly<{ commands: readonly Command[]; children: ReactNode }>

/** Ctrl/⌘ K, anywhere below: every page, and what the page's source finds. */
export function CommandMenu({ commands, children }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [source, setSource] = useState<CommandSource>()
  const opened = useRef(false)
  opened.current ||= isOpen

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      setOpen((open) => !open)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  const menu = useMemo(
    () => ({ open: () => setOpen(true), setSource: (s?: CommandSource) => setSource(() => s) }),
    [],
  )

  return (
    <MenuContext value={menu}>
      {children}
      {opened.current && (
        <Window
          isOpen={isOpen}
          onClose={() => setOpen(false)}
          commands={commands}
          source={source}
        />
      )}
    </MenuContext>
  )
}

/** Adds what a realm can look up (customers, extensions) while its component is on the page. */
export function useCommandSource(source: CommandSource): void {
  const { setSource } = use(MenuContext)
  useEffect(() => {
    setSource(source)
    return () => setSource(undefined)
  }, [source, setSource])
}

/** Opens the menu, for those who don't know the keys yet. */
export function CommandButton({ className }: { className?: string }) {
  const t = useTranslations('common.command')
  const { open } = use(MenuContext)
  const key = useSyncExternalStore(
    () => () => {},
    () => (/Mac|iP/.test(navigator.platform) ? '⌘ K' : 'Ctrl K'),
    () => 'Ctrl K',
  )

  return (
    <button
      type="button"
      onClick={open}
      aria-keyshortcuts="Control+K Meta+K"
      className={`flex h-9 items-center gap-2 rounded-[0.5rem] border border-border bg-surface px-2.5 text-sm text-muted transition-colors hover:border-field-line hover:text-foreground ${className ?? ''}`}
    >
      <Search aria-hidden className="size-4 flex-none" />
      <span className="truncate">{t('open')}</span>
      <kbd aria-hidden className="ms-auto flex-none font-sans text-xs">
        {key}
      </kbd>
    </button>
  )
}
