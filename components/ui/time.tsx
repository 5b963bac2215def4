'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useClock } from './clock.tsx'
import { formatCountdown } from './format.ts'

const never = () => () => undefined
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * The reader's own zone. The server knows it from the second page on, by a cookie, and layouts stay
 * as they were first sent: only the browser knows it always.
 */
const useZone = (): { timeZone?: string } => {
  const timeZone = useSyncExternalStore(never, browserZone, () => undefined)
  return timeZone ? { timeZone } : {}
}

/**
 * "3 minutes ago", in the reader's zone; the exact moment on hover and for screen readers. `wall` for
 * a moment by the machine's clock.
 */
export function RelativeTime({ at, wall }: { at: string; wall?: true }) {
  const format = useFormatter()
  const zone = useZone()
  const now = useClock(wall)
  const moment = new Date(at)

  return (
    <time
      dateTime={at}
      title={format.dateTime(moment, { dateStyle: 'full', timeStyle: 'long', ...zone })}
      suppressHydrationWarning
      className="whitespace-nowrap"
    >
      {format.relativeTime(moment, now)}
    </time>
  )
}

/** An exact moment: "Nov 21, 2026, 9:30 AM", in the reader's zone. */
export function Moment({ at }: { at: string }) {
  const format = useFormatter()
  const zone = useZone()
  return (
    <time dateTime={at} suppressHydrationWarning className="figures">
      {format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short', ...zone })}
    </time>
  )
}

type CountdownProps = Readonly<{
  /** What runs out: "Number held for you". */
  label: string
  until: string
  /** The server's clock when it answered: a visitor's own may be minutes off. */
  serverNow: string
  onEnd?: () => void
}>

/** Seconds left at which a screen reader is told; saying every second would drown everything. */
const ANNOUNCED = [300, 60, 15, 0]

/** Counts down to the second by the server's clock. */
export function Countdown({ label, until, serverNow, onEnd }: CountdownProps) {
  const t = useTranslations('common')
  const total = (Date.parse(until) - Date.parse(serverNow)) / 1_000
  const [left, setLeft] = useState(total)

  useEffect(() => {
    const start = performance.now()
    const tick = () => setLeft(Math.max(0, total - (performance.now() - start) / 1_000))
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [total])

  const ended = left <= 0
  useEffect(() => {
    if (ended) onEnd?.()
  }, [ended])

  const time = formatCountdown(left)
  const sentence = ended ? t('timeUp', { label }) : t('timeLeft', { label, time })
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2 text-sm">
      <span aria-hidden className="text-muted">
        {label}
      </span>
      <span
        aria-hidden
        className={`figures font-medium ${left < 60 ? 'text-danger-text' : left < 180 ? 'text-warning-text' : ''}`}
      >
        {time}
      </span>
      <span role="timer" className="sr-only">
        {sentence}
      </span>
      <span role="status" className="sr-only">
        {ANNOUNCED.includes(Math.floor(left)) ? sentence : ''}
      </span>
    </span>
  )
}
