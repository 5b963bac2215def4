'use client'

import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { CardPlace } from '#server/payments/schema.ts'
import { useGatewayFrame } from './use-gateway-frame.ts'

// Fetched where Stripe takes the cards.
const StripeChallenge = dynamic(
  () => import('./stripe-challenge.tsx').then((m) => m.StripeChallenge),
  { ssr: false },
)

type Props = Readonly<{
  place: CardPlace
  /** The bank's page; null while it asks for none. */
  challengeUrl: string | null
  /** Whatever was decided there: the server is to be asked. */
  onDone: () => void
  onGiveUp: () => void
  loading: boolean
}>

const stripeScheme = 'stripe:'

/** The bank asks its customer something. */
export function Challenge({ place, challengeUrl, onDone, onGiveUp, loading }: Props) {
  if (place.kind !== 'stripe' || !challengeUrl?.startsWith(stripeScheme)) {
    return <ChallengeDialog {...{ challengeUrl, onDone, onGiveUp, loading }} />
  }
  const clientSecret = challengeUrl.slice(stripeScheme.length)
  return <StripeChallenge {...{ place, clientSecret, onDone, onGiveUp, loading }} />
}

/** In a frame of its own. */
function ChallengeDialog({ challengeUrl, onDone, onGiveUp, loading }: Omit<Props, 'place'>) {
  const t = useTranslations('payment.challenge')
  return (
    <Dialog
      isOpen={challengeUrl !== null && !loading}
      onClose={onGiveUp}
      title={t('title')}
      description={t('text')}
      keepOnOutsideClick
      size="md"
      footer={
        <Button variant="ghost" loading={loading} onClick={onGiveUp}>
          {t('giveUp')}
        </Button>
      }
    >
      {challengeUrl && <BankFrame challengeUrl={challengeUrl} onDone={onDone} />}
    </Dialog>
  )
}

function BankFrame({ challengeUrl, onDone }: { challengeUrl: string; onDone: () => void }) {
  const t = useTranslations('payment.challenge')
  const locale = useLocale()
  const [src, setSrc] = useState<string>()
  const { frame } = useGatewayFrame(new URL(challengeUrl).origin, (heard) => {
    if (heard.type === 'challenge-done') onDone()
  })

  useEffect(() => {
    const url = new URL(challengeUrl)
    url.searchParams.set('parent', location.origin)
    url.searchParams.set('locale', locale)
    setSrc(url.href)
  }, [challengeUrl, locale])

  return (
    <iframe
      ref={frame}
      src={src}
      title={t('frame')}
      className="mt-2 block h-120 max-h-[60dvh] w-full rounded-[0.5rem] border-0"
    />
  )
}
