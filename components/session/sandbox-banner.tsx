'use client'

import { CalendarClock } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useClock } from '#components/ui/clock.tsx'

/** Across the top of every page, so that nobody takes a day that was moved to for today. */
export function SandboxBanner({ timeZone }: { timeZone: string }) {
  const t = useTranslations('session.sandbox')
  const format = useFormatter()
  const day = format.dateTime(useClock(), { dateStyle: 'long', timeZone })

  return (
    <aside
      aria-label={t('label')}
      className="flex items-center gap-2 bg-warning-soft px-4 py-1.5 text-sm text-warning-soft-foreground sm:px-6 lg:px-8"
    >
      <CalendarClock aria-hidden className="size-4 flex-none" />
      <p suppressHydrationWarning>{t('day', { day })}</p>
    </aside>
  )
}
