'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx'
import { refusedBy } from '#components/trpc/refusal.ts'
import { idempotent } from '#components/trpc/retry-link.ts'
import type { DraftView, OrderView } from '#server/signup/schema.ts'
import { forgetCard, type KeptCard } from './card-kept.ts'
import { pendingPress, pressAnswered, pressKey } from './press.ts'
import { dropProof, proofFor } from './proof.ts'
import { useSite } from './site-context.tsx'
import { isUnderWay } from './steps.ts'
import { forgetAll } from './stored.ts'
import { changeScope, useDraftCache } from './use-draft.ts'
import { submitKey } from './use-signing-up.ts'

/** How often an order under way is asked about, in milliseconds. */
const pollMs = 1_000
/** While the bank waits for its customer nothing else happens soon. */
const challengePollMs = 5_000
/** A proof may lapse while it is on its way; more than this and something else is wrong. */
const proofTries = 3

type Paying = Readonly<{ draft: DraftView; card: KeptCard }>

/** Signing up and paying: pressed once however often it is sent, followed until its outcome. */
export function useCheckout(draft: DraftView | null) {
  const { site } = useSite()
  const { signup } = useTRPCClient()
  const trpc = useTRPC()
  const cache = useDraftCache()

  /** The draft is where the order stands; what was learned last is written there. */
  const learn = (order: OrderView | null) => {
    const known = cache.read()
    if (!order || !known) return
    const step = order.state === 'completed' ? 'done' : known.step
    cache.write({ ...known, order, step })
  }

  const submit = useMutation({
    mutationKey: submitKey,
    // After what this tab is still changing, with the version that leaves.
    scope: changeScope(site.site),
    mutationFn: (paying: Paying) =>
      send(signup, site.site, { ...paying, version: cache.read()?.version ?? 1 }),
    onSuccess(answer) {
      learn(answer)
      // The number's hold and the price may be others now.
      void cache.refetch()
    },
    onError(error) {
      const kind = refusedBy(error)?.kind
      // Without an answer it may have been done: the same press is sent again, or the order found.
      const answered = kind !== 'offline' && kind !== 'unavailable' && kind !== 'unexpected'
      if (answered) pressAnswered(site.site)
      void cache.refetch()
    },
  })
  const afterChallenge = useMutation(
    trpc.signup.continueAfterChallenge.mutationOptions({
      onSuccess: learn,
      trpc: idempotent,
    }),
  )

  const order = draft?.order ?? null
  // However it was learned: by its own answer, by polling, or by looking at the draft again.
  useEffect(() => {
    if (order) settle(site.site, order)
  }, [site.site, order?.key, order?.state])
  const following = submit.isPending || isUnderWay(order)
  const polled = useQuery(
    trpc.signup.order.queryOptions(
      { site: site.site },
      {
        enabled: following,
        refetchInterval: order?.state === 'action_required' ? challengePollMs : pollMs,
        staleTime: 0,
        gcTime: 0,
      },
    ),
  )
  // With each answer.
  useEffect(() => {
    if (following && polled.data) learn(polled.data)
  }, [polled.dataUpdatedAt])

  return {
    order,
    busy: following || order?.state === 'completed',
    error: submit.isPending ? undefined : submit.error,
    /** Whether the outcome is that of a press made here, a moment ago. */
    fresh: submit.isSuccess || submit.isError || afterChallenge.isSuccess,
    pay: (paying: Paying) => submit.isPending || submit.mutate(paying),
    challenge: {
      url: order?.state === 'action_required' ? order.challengeUrl : null,
      loading: afterChallenge.isPending,
      done: () => afterChallenge.mutate({ site: site.site }),
      giveUp: () => afterChallenge.mutate({ site: site.site, gaveUp: true }),
    },
  }
}

/** A token is worth one attempt, whatever came of it. What came of another says nothing of ours. */
function settle(site: string, order: OrderView): void {
  if (order.state === 'completed') forgetAll(site)
  if (order.state !== 'failed' || pendingPress(site)?.key !== order.key) return
  pressAnswered(site)
  forgetCard(site)
  dropProof()
}

type Calls = ReturnType<typeof useTRPCClient>['signup']

async function send(
  calls: Calls,
  site: string,
  { draft, card, version }: Paying & { version: number },
): Promise<OrderView> {
  const key = pressKey(site, card.token)
  for (let attempt = 1; ; attempt += 1) {
    const proof = await proofFor(site, () => calls.proof.query({ site }))
    try {
      return await calls.submit.mutate(
        {
          site,
          version,
          key,
          cardToken: card.token,
          dueToday: draft.quote.dueToday,
          acceptTerms: true,
          proof,
        },
        idempotent,
      )
    } catch (error) {
      const { code, kind } = refusedBy(error) ?? {}
      // Spent or refused with the attempt; only silence leaves it as it was.
      if (kind !== 'offline' && kind !== 'unavailable') dropProof()
      if (code !== 'signup.proof_lapsed' || attempt >= proofTries) throw error
    }
  }
}
