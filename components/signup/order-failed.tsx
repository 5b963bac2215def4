'use client'

import { useTranslations } from 'next-intl'
import { refusedBy } from '#components/trpc/refusal.ts'
import { useCatalogueCode, useRefusal } from '#components/trpc/use-refusal.ts'
import { formatPhone } from '#components/ui/format.ts'
import { useMoney } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { DraftView, OrderView } from '#server/signup/schema.ts'
import { useHoldNumber } from './use-hold-number.ts'

/** Why the last attempt came to nothing, that nothing was charged, and what to do. */
export function OrderFailed({ order }: { order: OrderView }) {
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
export function SubmitRefused({ error, draft }: { error: unknown; draft: DraftView }) {
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
