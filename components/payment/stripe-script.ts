import type { Stripe } from '@stripe/stripe-js'
// The pure one loads nothing until it is asked.
import { loadStripe } from '@stripe/stripe-js/pure'
import type { CardPlace } from '#server/payments/schema.ts'

export type StripePlace = Extract<CardPlace, { kind: 'stripe' }>

let loading: Promise<Stripe | null> | undefined

/**
 * Stripe's script, once a page, from Stripe: it may not be served by anybody else. Only an
 * installation that was told of a stand-in for Stripe has its script from there.
 */
export function stripeOf({ publishableKey, scriptUrl }: StripePlace): Promise<Stripe | null> {
  loading ??= (scriptUrl ? load(scriptUrl) : Promise.resolve())
    .then(() => loadStripe(publishableKey))
    .catch(() => {
      // Asked again, it is tried again.
      loading = undefined
      return null
    })
  return loading
}

const load = (url: string) =>
  new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.onload = () => resolve()
    script.onerror = () => reject(new Error('The script did not load.'))
    document.head.append(script)
  })
