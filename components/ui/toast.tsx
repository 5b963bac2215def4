'use client'

import dynamic from 'next/dynamic'
import { useSyncExternalStore } from 'react'

// Fetched with the first thing to say.
const Region = dynamic(() => import('./toast-list.tsx').then((m) => m.ToastList), {
  ssr: false,
})

let needed = false
const listeners = new Set<() => void>()

type Notification = Readonly<{
  tone: 'success' | 'danger' | 'warning' | 'info'
  title: string
  description?: string
  /** Undo, View: one short word. A toast with an action stays twice as long. */
  action?: Readonly<{ label: string; onPress: () => void }>
}>

/** Long enough to read twice, in milliseconds; with an action, to reach it too (WCAG 2.2.1). */
const STAYS = 6_000

/** Says what has happened, out of the way. What must be read or acted on is a `Notice`. */
export async function notify({ tone, title, description, action }: Notification): Promise<void> {
  needed = true
  for (const listener of listeners) listener()

  const { toast } = await import('@heroui/react/toast')
  toast[tone](title, {
    ...(description ? { description } : {}),
    timeout: action ? STAYS * 2 : STAYS,
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onPress: action.onPress,
            variant: 'tertiary',
            size: 'sm',
          },
        }
      : {}),
  })
}

/** Where notifications appear; `AppShell` and `WizardShell` have one. */
export function ToastRegion() {
  const show = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => needed,
    () => false,
  )
  return show && <Region placement="bottom end" />
}
