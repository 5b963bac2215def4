'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { LateNotice } from './late-notice.tsx'
import { type StripePlace, stripeOf } from './stripe-script.ts'

type Props = Readonly<{
  place: StripePlace
  clientSecret: string
  /** Whatever was decided there: the server is to be asked. */
  onDone: () => void
  onGiveUp: () => void
  loading: boolean
}>

/** The bank asks its customer something, in a window that Stripe's script opens over the page. */
export function StripeChallenge({ place, clientSecret, onDone, onGiveUp, loading }: Props) {
  const t = useTranslations('payment.challenge')
  const [state, setState] = useState<'asking' | 'answered' | 'late'>('asking')
  const [attempt, setAttempt] = useState(0)
  const asked = useRef('')

  // Once for a payment: asked twice, the bank would open a second window.
  useEffect(() => {
    const now = `${clientSecret} ${attempt}`
    if (asked.current === now) return
    asked.current = now
    void ask(place, clientSecret).then((shown) => {
      setState(shown ? 'answered' : 'late')
      if (shown) onDone()
    })
  }, [place, clientSecret, attempt, onDone])

  const retry = () => {
    setState('asking')
    setAttempt(attempt + 1)
  }
  if (state === 'late') return <LateNotice onRetry={retry} />
  return (
    <div className="mt-6 grid gap-4">
      <p className="text-sm text-muted">{t('text')}</p>
      <div className="flex flex-wrap gap-2">
        {state === 'answered' && !loading && <Button onClick={retry}>{t('again')}</Button>}
        <Button loading={loading} onClick={onGiveUp}>
          {t('giveUp')}
        </Button>
      </div>
    </div>
  )
}

/** False where Stripe's script isn't there; what the bank was told is the server's to ask. */
async function ask(place: StripePlace, clientSecret: string): Promise<boolean> {
  const stripe = await stripeOf(place)
  if (!stripe) return false
  await stripe.handleNextAction({ clientSecret }).catch(() => undefined)
  return true
}
