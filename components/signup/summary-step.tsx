'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Card } from '#components/ui/card.tsx'
import { paths } from '#server/kernel/routes.ts'
import { type KeptCard, keptCard } from './card-kept.ts'
import { OrderProgress } from './order-progress.tsx'
import { QuoteLines } from './order-summary.tsx'
import { Outcome } from './outcome.tsx'
import { PayForm } from './pay-form.tsx'
import { Review } from './review.tsx'
import { useSite } from './site-context.tsx'
import { useCheckout } from './use-checkout.ts'
import { useDraft, useGo } from './use-draft.ts'

/** Everything once more, to the cent; then one press. */
export function SummaryStep() {
  const t = useTranslations('signup.summary')
  const { site } = useSite()
  const draft = useDraft()
  const checkout = useCheckout(draft)
  const { replace } = useGo()
  const [card, setCard] = useState<KeptCard | null>()
  // Asked once, however many cards it takes.
  const [accepted, setAccepted] = useState(false)
  const { order, busy } = checkout

  // After the checkout has settled what it learned: a card that was refused is forgotten by then.
  useEffect(() => setCard(keptCard(site.site) ?? null), [site.site, order?.key, order?.state])

  const cardless = card === null && !busy && order?.state !== 'failed'
  // Once, when it is found missing.
  useEffect(() => {
    if (cardless) replace(`${paths.signup(site.site, 'payment')}?why=card`)
  }, [cardless])

  if (!draft) return null
  if (busy) return <OrderProgress order={order} challenge={checkout.challenge} />
  return (
    <div className="grid gap-6">
      <Outcome draft={draft} card={card ?? undefined} checkout={checkout} />
      <Review draft={draft} card={card ?? undefined} />
      <div className="lg:hidden">
        <Card title={t('amounts')}>
          <QuoteLines quote={draft.quote} />
        </Card>
      </div>
      <PayForm
        draft={draft}
        card={card ?? undefined}
        checkout={checkout}
        accepted={accepted}
        onAccept={setAccepted}
      />
    </div>
  )
}
