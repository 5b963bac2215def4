'use client'

import { useNow } from 'next-intl'
import { createContext, type ReactNode, use } from 'react'

const MINUTE = 60_000

const Ahead = createContext(0)

/** How far the clock of this environment is ahead of the machine's, in milliseconds. */
export function ClockProvider({ ahead, children }: { ahead: number; children: ReactNode }) {
  return <Ahead value={ahead}>{children}</Ahead>
}

/**
 * What time it is, by the minute: of business, which in a sandbox may be far ahead, or of the machine
 * (`wall`), for what doesn't age with a moved clock: sessions, who signed in when.
 */
export function useClock(wall = false): Date {
  const ahead = use(Ahead)
  const now = useNow({ updateInterval: MINUTE })
  return wall || ahead === 0 ? now : new Date(now.getTime() + ahead)
}
