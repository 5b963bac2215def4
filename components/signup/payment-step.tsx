'use client'

import { CreditCard, Lock } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { brandName } from '#components/payment/brand-name.ts'
import type { CardAnswer, CardFieldsHandle } from '#components/payment/card-answer.ts'
import { CardFields } from '#components/payment/card-fields.tsx'
import { useTRPCClient } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button, LinkButton } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { paths } from '#server/kernel/routes.ts'
import { forgetCard, type KeptCard, keepCard, keptCard } from './card-kept.ts'
import { PromoCode } from './promo-code.tsx'
import { proofFor } from './proof.ts'
import { useSite } from './site-context.tsx'
import { TestCards } from './test-cards.tsx'
import { useDraftCache, useDraftChange, useGo } from './use-draft.ts'

/** The card, given to the gateway; what comes back is a token for one attempt to pay. */
export function PaymentStep() {
  const t = useTranslations('signup.payment')
  const tc = useTranslations('common')
  const { site } = useSite()
  const router = useRouter()
  const needed = useSearchParams().get('why') === 'card'
  const { go, pending } = useGo()
  const fields = useRef<CardFieldsHandle>(null)
  const [kept, setKept] = useState<KeptCard>()
  const [asking, setAsking] = useState(false)
  const [answer, setAnswer] = useState<CardAnswer['kind']>()
  const summary = paths.signup(site.site, 'summary')
  useArrival()

  useEffect(() => {
    setKept(keptCard(site.site))
    router.prefetch(summary)
  }, [site.site, router, summary])

  async function proceed() {
    if (asking || pending) return
    if (kept) return go(summary)

    setAsking(true)
    const given = (await fields.current?.tokenize()) ?? ({ kind: 'unreached' } as const)
    setAsking(false)
    setAnswer(given.kind)
    if (given.kind !== 'token') return

    keepCard(site.site, given.token, given.card)
    go(summary)
  }

  return (
    <div className="grid gap-8">
      {needed && !kept && (
        <Notice tone="info" announce>
          {t('cardNeeded')}
        </Notice>
      )}
      <section aria-labelledby="card-heading" className="grid gap-4">
        <h2 id="card-heading" className="text-lg font-semibold tracking-tight">
          {t('card')}
        </h2>
        {kept ? (
          <CardOnHand
            kept={kept}
            onChange={() => {
              forgetCard(site.site)
              setKept(undefined)
            }}
          />
        ) : (
          <div className="rounded-[0.75rem] bg-surface p-4 shadow-surface sm:p-5">
            <CardFields place={site.cardFields} handle={fields} onEnter={() => void proceed()} />
          </div>
        )}
        {answer === 'unreached' && (
          <Notice tone="danger" announce>
            {t('unreached')}
          </Notice>
        )}
        <p className="flex items-start gap-2 text-sm text-muted">
          <Lock aria-hidden className="mt-1 size-3.5 flex-none" />
          {t('safe')}
        </p>
        {site.cardFields.kind === 'simulator' && <TestCards />}
      </section>
      <PromoCode />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="me-auto text-sm text-muted">{t('notYet')}</p>
        <LinkButton size="lg" href={paths.signup(site.site, 'phone')}>
          {tc('back')}
        </LinkButton>
        <Button
          variant="primary"
          size="lg"
          loading={asking || pending}
          onClick={() => void proceed()}
        >
          {tc('continue')}
        </Button>
      </div>
    </div>
  )
}

/** Once here: the number is kept longer, and the browser begins its proof of work. */
function useArrival() {
  const { site } = useSite()
  const { signup } = useTRPCClient()
  const draft = useDraftCache()
  const reach = useDraftChange((calls, ref) =>
    calls.reachPayment.mutate({ site: ref.site }, idempotent),
  )

  // Once.
  useEffect(() => {
    const hold = draft.read()?.hold
    if (hold && !hold.extended && !hold.lapsed) reach.mutate()
    // Needed at the summary; a failure is met there, and tried again.
    proofFor(site.site, () => signup.proof.query({ site: site.site })).catch(() => {})
  }, [])
}

function CardOnHand({ kept, onChange }: { kept: KeptCard; onChange: () => void }) {
  const t = useTranslations('signup.payment')
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-[0.75rem] bg-surface px-4 py-3.5 shadow-surface sm:px-5">
      <CreditCard aria-hidden className="size-5 flex-none text-muted" />
      <span className="me-auto font-medium">
        <CardName kept={kept} />
      </span>
      <Button size="sm" onClick={onChange}>
        {t('change')}
      </Button>
    </div>
  )
}

/** "Visa ending 4242". */
export function CardName({ kept }: { kept: Pick<KeptCard, 'card'> }) {
  const t = useTranslations('signup.payment')
  const { brand, last4 } = kept.card
  return <>{t('ending', { brand: brandName(brand) ?? t('someCard'), last4 })}</>
}
