'use client'

import { Clock, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { Countdown } from '#components/ui/time.tsx'
import { paths, type SignupStep } from '#server/kernel/routes.ts'
import type { HoldView } from '#server/signup/schema.ts'
import { useSite } from './site-context.tsx'
import { useDraft, useDraftCache } from './use-draft.ts'
import { useHoldNumber } from './use-hold-number.ts'
import { useSigningUp } from './use-signing-up.ts'

/** Under the order: how long the number is kept, or what to do when it no longer is. */
export function HoldBox({ step }: { step: SignupStep }) {
  const draft = useDraft()
  const signingUp = useSigningUp()
  if (!draft || signingUp || step === 'done' || step === 'plan' || step === 'phone') return null
  const { hold } = draft

  if (!hold) return step === 'address' ? null : <NumberLost />
  if (hold.lapsed) return <LapsedHold hold={hold} />
  return (
    <div className="flex items-center gap-2.5 rounded-[0.75rem] bg-surface px-4 py-3 shadow-surface lg:px-5">
      <Clock aria-hidden className="size-4 flex-none text-muted" />
      <HoldCountdown key={hold.until} hold={hold} />
    </div>
  )
}

/** Counts down by the server's clock; the draft says `lapsed` when the time is up. */
export function HoldCountdown({ hold }: { hold: HoldView }) {
  const t = useTranslations('signup.hold')
  const { serverNow } = useSite()
  const cache = useDraftCache()
  const [startedAt] = useState(serverNow)
  if (hold.lapsed) return null

  return (
    <Countdown
      label={t('keptFor')}
      until={hold.until}
      serverNow={startedAt}
      onEnd={() => {
        const draft = cache.read()
        if (draft?.hold?.until !== hold.until) return
        // Said at once; the server knows it a second later, or that somebody else has it.
        cache.write({ ...draft, hold: { ...hold, lapsed: true } })
      }}
    />
  )
}

/** The time is up: it can be kept again while nobody else has it. */
export function LapsedHold({ hold }: { hold: HoldView }) {
  const t = useTranslations('signup.hold')
  const { site } = useSite()
  const refusal = useRefusal()
  const again = useHoldNumber()

  return (
    <div
      role="status"
      className="flex gap-2.5 rounded-[0.75rem] bg-warning-soft px-4 py-3 text-sm text-warning-soft-foreground lg:px-5"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 flex-none" />
      <div className="grid gap-2">
        <p>{t('lapsed', { number: formatPhone(hold.number) })}</p>
        {again.error && <p>{refusal(again.error)}</p>}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            size="sm"
            loading={again.isPending}
            onClick={() => again.mutate({ number: hold.number, city: hold.city })}
          >
            {t('again')}
          </Button>
          <Link href={paths.signup(site.site, 'phone')} className="underline underline-offset-3">
            {t('another')}
          </Link>
        </div>
      </div>
    </div>
  )
}

function NumberLost() {
  const t = useTranslations('signup.hold')
  const { site } = useSite()
  return (
    <div
      role="status"
      className="flex gap-2.5 rounded-[0.75rem] bg-warning-soft px-4 py-3 text-sm text-warning-soft-foreground lg:px-5"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 flex-none" />
      <p>
        {t('lost')}{' '}
        <Link href={paths.signup(site.site, 'phone')} className="underline underline-offset-3">
          {t('another')}
        </Link>
      </p>
    </div>
  )
}
