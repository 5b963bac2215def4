'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { refusedBy } from '#components/trpc/refusal.ts'
import { useCatalogueCode, useRefusal } from '#components/trpc/use-refusal.ts'
import { formatPhone } from '#components/ui/format.ts'
import { useMoney } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { DraftView, OrderView } from '#server/signup/schema.ts'
import type { KeptCard } from './card-kept.ts'
import type { useCheckout } from './use-checkout.ts'
import { useHoldNumber } from './use-hold-number.ts'

type Props = Readonly<{
  draft: DraftView
  card: KeptCard | undefined
  checkout: ReturnType<typeof useCheckout>
}>

/** What went wrong, above everything else; gone to when it has just happened. */
export function Outcome({ draft, card, checkout }: Props) {
  const { order, error, fresh } = checkout
  const place = useRef<HTMLDivElement>(null)
  const failed = order?.state === 'failed' && !card && !error
  const what = error ?? (failed ? order.key : undefined)

  // The button that had the focus has gone.
  useEffect(() => {
    if (what && fresh) place.current?.focus()
  }, [what, fresh])

  if (!what) return null
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      {failed ? <OrderFailed order={order} /> : <SubmitRefused error={error} draft={draft} />}
    </div>
  )
}

/** Why the last attempt came to nothing, that nothing was charged, and what to do. */
function OrderFailed({ order }: { order: OrderView }) {
  const t = useTranslations('signup.failures')
  const say = useCatalogueCode('refusals')
  const code = order.failure ?? 'other'
  const known = t.has(code as never)
  const sentence = known ? t(code as 'card_declined') : (say(code, {}) ?? t('other'))

  return (
    <Notice tone="danger" announce title={t('title')}>
      {sentence}
      {order.alternatives.length > 0 && (
        <Alternatives numbers={order.alternatives.map(({ number }) => number)} />
      )}
    </Notice>
  )
}

/** The order was not taken: what is to be looked at before pressing again. */
function SubmitRefused({ error, draft }: { error: unknown; draft: DraftView }) {
  const t = useTranslations('signup.pay')
  const refusal = useRefusal()
  const money = useMoney()
  const refused = refusedBy(error)
  const { dueToday, currency } = draft.quote
  const others = refused?.details.alternatives

  return (
    <Notice tone={refused?.kind === 'conflict' ? 'warning' : 'danger'} announce>
      {refused?.code === 'signup.price_changed'
        ? t('priceChanged', { amount: money(dueToday, currency) })
        : refusal(error)}
      {refused?.code === 'signup.number_taken' && Array.isArray(others) && (
        <Alternatives numbers={others} />
      )}
    </Notice>
  )
}

/** Numbers like the one that was lost; a press keeps one and the signup goes on. */
function Alternatives({ numbers }: { numbers: readonly string[] }) {
  const t = useTranslations('signup.failures')
  const refusal = useRefusal()
  const choose = useHoldNumber()

  if (choose.isSuccess) return <p className="mt-1 font-medium">{t('numberChosen')}</p>
  return (
    <>
      <ul aria-label={t('alternatives')} className="mt-2 flex flex-wrap gap-2">
        {numbers.map((number) => (
          <li key={number}>
            <button
              type="button"
              aria-busy={choose.isPending}
              className="button button--outline button--sm figures"
              onClick={() => choose.isPending || choose.mutate({ number, city: '' })}
            >
              <bdi dir="ltr">{formatPhone(number)}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {choose.error && <p className="mt-2">{refusal(choose.error)}</p>}
    </>
  )
}
