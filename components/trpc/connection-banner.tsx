'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { connection } from './connection.ts'

/** A blink is not worth a word: shown when a call has waited this long, in milliseconds. */
const PATIENCE = 800

/** Says calmly that calls are being repeated, and goes away by itself. */
export function ConnectionBanner() {
  const t = useTranslations('common')
  const waiting = useSyncExternalStore(connection.subscribe, connection.isWaiting, () => false)
  const [shown, setShown] = useState(false)

  useEffect(() => {
    if (!waiting) return setShown(false)
    const timer = setTimeout(() => setShown(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [waiting])

  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-3 z-50 flex justify-center"
    >
      {shown && (
        <p className="flex items-center gap-2 rounded-full bg-foreground px-4 py-1.5 text-sm text-background shadow-overlay">
          <span className="size-2 animate-shimmer rounded-full bg-warning" />
          {t('reconnecting')}
        </p>
      )}
    </div>
  )
}
