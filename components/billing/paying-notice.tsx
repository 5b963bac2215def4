'use client'

import { useTranslations } from 'next-intl'
import { Challenge } from '#components/payment/challenge.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { CardPlace } from '#server/payments/schema.ts'
import type { Paying } from './use-paying.ts'

/** Where a payment stands that isn't over: the bank's question, a refusal, or that it takes a while. */
export function PayingNotice({ paying, place }: { paying: Paying; place: CardPlace }) {
  const t = useTranslations('billing.paying')
  const tp = useTranslations('payment.challenge')
  const sentence = useRefusal()
  const { view, busy, error, challenge } = paying
  const state = busy ? undefined : view?.state
  const refusal = busy ? undefined : sentence(error)

  return (
    <>
      {refusal && (
        <Notice tone="danger" announce>
          {refusal}
        </Notice>
      )}
      {!refusal && (state === 'declined' || state === 'canceled') && (
        <Notice tone="danger" announce title={t(`${state}.title`)}>
          {t(`${state}.text`)}
        </Notice>
      )}
      {!refusal && state === 'pending' && (
        <Notice
          tone="info"
          announce
          title={t('pending.title')}
          actions={
            <Button size="sm" onClick={paying.look}>
              {t('look')}
            </Button>
          }
        >
          {t('pending.text')}
        </Notice>
      )}
      {!refusal && state === 'action_required' && !challenge.url && (
        <Notice
          tone="warning"
          announce
          actions={
            <Button size="sm" onClick={view?.challengeUrl ? challenge.again : paying.look}>
              {tp('again')}
            </Button>
          }
        >
          {tp('text')}
        </Notice>
      )}
      <Challenge
        place={place}
        challengeUrl={challenge.url}
        loading={challenge.loading}
        onDone={challenge.done}
        onGiveUp={challenge.giveUp}
      />
    </>
  )
}
