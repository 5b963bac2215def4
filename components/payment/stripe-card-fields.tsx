'use client'

import {
  CardCvcElement,
  CardExpiryElement,
  CardNumberElement,
  Elements,
  useElements,
  useStripe,
} from '@stripe/react-stripe-js'
import type { Stripe, StripeElementLocale } from '@stripe/stripe-js'
import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useId, useImperativeHandle, useState } from 'react'
import type { CardAnswer, CardFieldsHandle } from './card-answer.ts'
import { FieldsSkeleton, usualHeight } from './fields-skeleton.tsx'
import { LateNotice, patienceMs } from './late-notice.tsx'
import { stripeLook } from './stripe-look.ts'
import { type StripePlace, stripeOf } from './stripe-script.ts'
import { useThemeChanges } from './use-theme-changes.ts'

type Props = Readonly<{
  place: StripePlace
  handle: RefObject<CardFieldsHandle | null>
  onEnter: () => void
}>

/** Stripe's own fields, each in a frame of Stripe's; this page is told the name of a card. */
export function StripeCardFields({ place, handle, onEnter }: Props) {
  const locale = useLocale()
  const [attempt, setAttempt] = useState(0)
  const stripe = useStripeScript(place, attempt)

  if (stripe === 'late') return <LateNotice onRetry={() => setAttempt(attempt + 1)} />
  if (stripe === 'coming') return <FieldsSkeleton />
  return (
    <Elements key={locale} stripe={stripe} options={{ locale: locale as StripeElementLocale }}>
      <Fields handle={handle} onEnter={onEnter} />
    </Elements>
  )
}

function useStripeScript(place: StripePlace, attempt: number): Stripe | 'coming' | 'late' {
  const [stripe, setStripe] = useState<Stripe | 'coming' | 'late'>('coming')
  // From each attempt anew.
  useEffect(() => {
    let gone = false
    setStripe('coming')
    const timer = setTimeout(() => {
      setStripe((now) => (now === 'coming' ? 'late' : now))
    }, patienceMs)
    void stripeOf(place).then((loaded) => {
      if (!gone) setStripe(loaded ?? 'late')
    })
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [place, attempt])
  return stripe
}

const kinds = {
  number: CardNumberElement,
  expiry: CardExpiryElement,
  cvc: CardCvcElement,
} as const

type Kind = keyof typeof kinds

function Fields({ handle, onEnter }: Omit<Props, 'place'>) {
  const t = useTranslations('payment')
  const [stripe, elements] = [useStripe(), useElements()]
  const [faults, setFaults] = useState<Partial<Record<Kind, string>>>({})
  const learn = (kind: Kind, fault: string | undefined) =>
    setFaults((known) => ({ ...known, [kind]: fault }))

  useImperativeHandle(handle, () => ({
    async tokenize(): Promise<CardAnswer> {
      const card = elements?.getElement(CardNumberElement)
      if (!stripe || !card) return { kind: 'unreached' }

      const made = await stripe.createPaymentMethod({ type: 'card', card }).catch(() => undefined)
      if (!made) return { kind: 'unreached' }
      if (made.error) {
        const { type, code = '', message } = made.error
        if (type !== 'validation_error' && type !== 'card_error') return { kind: 'unreached' }
        const kind = kindOf(code)
        learn(kind, message)
        elements?.getElement(kinds[kind])?.focus()
        return { kind: 'invalid' }
      }
      const { id, card: seen } = made.paymentMethod
      const { brand = 'unknown', last4 = '' } = seen ?? {}
      return { kind: 'token', token: id, card: { brand, last4 } }
    },
  }))

  const field = (kind: Kind) => (
    <Field
      kind={kind}
      label={t(`stripe.${kind}`)}
      fault={faults[kind]}
      onFault={(fault) => learn(kind, fault)}
    />
  )
  return (
    // Enter in a field of Stripe's submits the form around it.
    <form
      aria-label={t('fields')}
      noValidate
      className="grid content-start gap-4"
      style={{ minHeight: usualHeight }}
      onSubmit={(event) => {
        event.preventDefault()
        onEnter()
      }}
    >
      {field('number')}
      <div className="grid grid-cols-2 gap-3">
        {field('expiry')}
        {field('cvc')}
      </div>
    </form>
  )
}

/** Which field a fault is about: `incomplete_cvc`, `invalid_expiry_year_past`, `card_declined`. */
function kindOf(code: string): Kind {
  if (code.includes('expiry') || code === 'expired_card') return 'expiry'
  return code.includes('cvc') ? 'cvc' : 'number'
}

type FieldProps = Readonly<{
  kind: Kind
  label: string
  /** In Stripe's words, which are in the reader's language. */
  fault: string | undefined
  onFault: (fault: string | undefined) => void
}>

function Field({ kind, label, fault, onFault }: FieldProps) {
  const id = useId()
  const [focused, setFocused] = useState(false)
  const [look, setLook] = useState(() => stripeLook(document.documentElement))
  useThemeChanges(() => setLook(stripeLook(document.documentElement)))
  const Element = kinds[kind]

  const edge = fault ? 'border-danger' : focused ? 'border-focus' : 'border-field-line'
  const ring = focused ? 'outline-2 outline-focus' : ''
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div
        className={`h-11 rounded-[0.5rem] border bg-(--field-background) px-3 py-2.25 ${edge} ${ring}`}
      >
        <Element
          id={id}
          options={{ style: look }}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onChange={({ error }) => onFault(error?.message)}
        />
      </div>
      <p role="alert" className="mt-1.5 text-sm text-danger-text empty:hidden">
        {fault}
      </p>
    </div>
  )
}
