'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { ProgressBar } from '#components/ui/meter.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { ClockStatus, MoveClock } from '#server/clock/schema.ts'
import { addMonths, dayIn, formatDay } from '#server/kernel/civil.ts'
import { DayForm } from './day-form.tsx'

/** Often enough to see the days go by, and who else moves it. */
const WATCH_MS = 500
const IDLE_MS = 10_000

/** What day it is here, and on to another one. */
export function ClockPanel({ initial }: { initial: ClockStatus }) {
  const t = useTranslations('clock')
  const locale = useLocale()
  const trpc = useTRPC()
  const refusal = useRefusal()
  const status = useQuery({
    ...trpc.clock.status.queryOptions(),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.move ? WATCH_MS : IDLE_MS),
  })
  const { today, timeZone, now, wall, move } = status.data
  const client = useQueryClient()
  const moving = useMutation(
    trpc.clock.move.mutationOptions({
      onSuccess: (aimed) => client.setQueryData(trpc.clock.status.queryKey(), aimed),
    }),
  )
  useArrival(Boolean(move))

  const busy = moving.isPending || Boolean(move)
  const why = move ? t('whyMoving') : undefined
  const go = (to: MoveClock) => moving.mutate(to)
  const sentence = refusal(moving.error)

  return (
    <div className="grid gap-6">
      <Card>
        <div className="grid gap-5">
          <Times now={now} wall={wall} timeZone={timeZone} />
          {move && (
            <ProgressBar
              label={t('moving', { day: formatDay(dayIn(timeZone, new Date(move.to)), locale) })}
              done={move.days - move.daysLeft}
              total={move.days}
              text={t('daysLeft', { count: move.daysLeft })}
            />
          )}
          {move?.trouble && (
            <Notice tone="warning" announce>
              {t('trouble', { job: move.trouble })}
            </Notice>
          )}
        </div>
      </Card>
      <Card title={t('moveTitle')}>
        <div className="grid gap-5">
          <p className="text-muted">{t('moveText')}</p>
          <div className="flex flex-wrap gap-2">
            <ActionButton disabledReason={why} onClick={() => go({ days: 1 })}>
              {t('day')}
            </ActionButton>
            <ActionButton disabledReason={why} onClick={() => go({ days: 7 })}>
              {t('week')}
            </ActionButton>
            <ActionButton disabledReason={why} onClick={() => go({ to: addMonths(today, 1) })}>
              {t('month')}
            </ActionButton>
          </div>
          <DayForm disabledReason={why} loading={moving.isPending} onSubmit={go} />
          {sentence && !busy && (
            <Notice tone="danger" announce>
              {sentence}
            </Notice>
          )}
        </div>
      </Card>
    </div>
  )
}

/** Everything else on the page was made before: it is asked for anew. */
function useArrival(isMoving: boolean): void {
  const router = useRouter()
  const was = useRef(isMoving)
  useEffect(() => {
    if (was.current && !isMoving) router.refresh()
    was.current = isMoving
  }, [isMoving, router])
}

type TimesProps = Readonly<{ now: string; wall: string; timeZone: string }>

function Times({ now, wall, timeZone }: TimesProps) {
  const t = useTranslations('clock')
  const format = useFormatter()
  const said = (at: string) =>
    format.dateTime(new Date(at), { dateStyle: 'full', timeStyle: 'short', timeZone })

  return (
    <div className="grid gap-4">
      <dl className="grid gap-4 sm:grid-cols-2">
        <div>
          <dt className="text-sm text-muted">{t('now')}</dt>
          <dd className="text-lg font-semibold tabular-nums">
            <time dateTime={now}>{said(now)}</time>
          </dd>
        </div>
        <div>
          <dt className="text-sm text-muted">{t('wall')}</dt>
          <dd className="tabular-nums">
            <time dateTime={wall}>{said(wall)}</time>
          </dd>
        </div>
      </dl>
      <p className="text-sm text-muted">{t('zone', { timeZone })}</p>
    </div>
  )
}
