'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { refusedBy } from '#components/trpc/refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { pressedEarly } from '#components/ui/early-press.ts'
import { Money } from '#components/ui/money.tsx'
import { money, zero } from '#server/kernel/money.ts'
import { paths } from '#server/kernel/routes.ts'
import type { DraftView } from '#server/signup/schema.ts'
import type { KeptCard } from './card-kept.ts'
import { useSite } from './site-context.tsx'
import { OutLink } from './site-links.tsx'
import type { useCheckout } from './use-checkout.ts'

type Props = Readonly<{
  draft: DraftView
  card: KeptCard | undefined
  checkout: ReturnType<typeof useCheckout>
  accepted: boolean
  onAccept: (accepted: boolean) => void
}>

/** Terms, and the button that says what it costs. */
export function PayForm({ draft, card, checkout, accepted, onAccept }: Props) {
  const t = useTranslations('signup.pay')
  const tc = useTranslations('common')
  const { site } = useSite()
  const [missed, setMissed] = useState(false)
  const { order, error } = checkout
  const { quote, hold } = draft
  const isNewPrice = refusedBy(error)?.code === 'signup.price_changed'
  const isFree = money(quote.dueToday) === zero
  const failed = order?.state === 'failed' && !card && !error

  return (
    <form
      ref={pressedEarly}
      method="post"
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        setMissed(!accepted)
        if (!accepted) return document.getElementById('accept-terms')?.focus()
        if (card && hold) checkout.pay({ draft, card })
      }}
    >
      {!failed && <Terms accepted={accepted} missed={missed && !accepted} onChange={onAccept} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <LinkButton size="lg" href={paths.signup(site.site, 'payment')}>
          {tc('back')}
        </LinkButton>
        {card ? (
          <ActionButton
            type="submit"
            variant="primary"
            size="lg"
            disabledReason={hold ? undefined : t('numberFirst')}
          >
            <span>
              {isFree
                ? t(isNewPrice ? 'newFree' : 'free')
                : t.rich(isNewPrice ? 'newPrice' : 'pay', {
                    amount: () => <Money amount={quote.dueToday} currency={quote.currency} />,
                  })}
            </span>
          </ActionButton>
        ) : (
          failed && (
            <LinkButton variant="primary" size="lg" href={paths.signup(site.site, 'payment')}>
              {t('anotherCard')}
            </LinkButton>
          )
        )}
      </div>
    </form>
  )
}

type TermsProps = Readonly<{
  accepted: boolean
  missed: boolean
  onChange: (accepted: boolean) => void
}>

function Terms({ accepted, missed, onChange }: TermsProps) {
  const t = useTranslations('signup.pay')
  const { site } = useSite()
  const id = useId()
  return (
    <div className="grid gap-1">
      <label className="flex w-fit cursor-pointer items-start gap-3 text-sm/6">
        <input
          id="accept-terms"
          type="checkbox"
          checked={accepted}
          aria-required
          aria-invalid={missed || undefined}
          aria-describedby={`${id}-fault`}
          className="tick mt-0.5"
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>
          {t.rich('terms', {
            terms: (words) => (
              <OutLink href={site.termsUrl} away>
                {words}
              </OutLink>
            ),
            privacy: (words) => (
              <OutLink href={site.privacyUrl} away>
                {words}
              </OutLink>
            ),
            site: site.title,
          })}
        </span>
      </label>
      <p
        id={`${id}-fault`}
        role="alert"
        className="ps-8 text-[0.8125rem]/5 text-danger-text empty:hidden"
      >
        {missed ? t('termsMissing') : ''}
      </p>
    </div>
  )
}
