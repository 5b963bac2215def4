'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTRPCClient } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import type { PaymentView } from '#server/billing/schema.card.ts'

/** A payment, or a card's verification, from the press of its button to where it ends. */
export function usePaying(onDone: () => void) {
  const { billing } = useTRPCClient()
  const router = useRouter()
  const queries = useQueryClient()
  const [view, setView] = useState<PaymentView>()
  const [closed, setClosed] = useState(false)

  const learn = (answer: PaymentView) => {
    setView(answer)
    setClosed(false)
    if (answer.state !== 'done') return
    onDone()
    void queries.invalidateQueries()
    router.refresh()
  }
  const start = useMutation({
    mutationFn: (call: (calls: typeof billing) => Promise<PaymentView>) => call(billing),
    onSuccess: learn,
  })
  const goOn = useMutation({
    mutationFn: (payment: number) => billing.goOn.mutate({ payment }, idempotent),
    onSuccess: learn,
  })

  return {
    view,
    busy: start.isPending || goOn.isPending,
    error: start.error ?? goOn.error,
    start: (call: (calls: typeof billing) => Promise<PaymentView>) =>
      start.isPending || start.mutate(call),
    /** Asks again where it stands. */
    look: () => view && goOn.mutate(view.payment),
    challenge: {
      url: view?.state === 'action_required' && !closed ? view.challengeUrl : null,
      loading: goOn.isPending,
      done: () => view && goOn.mutate(view.payment),
      giveUp: () => setClosed(true),
      again: () => setClosed(false),
    },
  }
}

export type Paying = ReturnType<typeof usePaying>
