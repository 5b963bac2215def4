'use client'

import dynamic from 'next/dynamic'
import type { RefObject } from 'react'
import type { CardPlace } from '#server/payments/schema.ts'
import type { CardFieldsHandle } from './card-answer.ts'
import { FieldsSkeleton } from './fields-skeleton.tsx'
import { FrameCardFields } from './frame-card-fields.tsx'

// Fetched where Stripe takes the cards.
const StripeCardFields = dynamic(
  () => import('./stripe-card-fields.tsx').then((m) => m.StripeCardFields),
  { ssr: false, loading: () => <FieldsSkeleton /> },
)

type Props = Readonly<{
  place: CardPlace
  handle: RefObject<CardFieldsHandle | null>
  onEnter: () => void
}>

/** The card's fields, which belong to the payment gateway: this page is told a token. */
export function CardFields({ place, handle, onEnter }: Props) {
  return place.kind === 'stripe' ? (
    <StripeCardFields place={place} handle={handle} onEnter={onEnter} />
  ) : (
    <FrameCardFields place={place} handle={handle} onEnter={onEnter} />
  )
}
