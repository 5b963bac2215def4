'use client'

import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx'
import { refusedBy } from '#components/trpc/refusal.ts'
import type { DraftView } from '#server/signup/schema.ts'
import { useSite } from './site-context.tsx'

/** The signup so far, as the server knows it; looked at again whenever this tab is come back to. */
export function useDraft(): DraftView | null {
  const { site } = useSite()
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.signup.draft.queryOptions({ site: site.site }, { refetchOnWindowFocus: 'always' }),
  )
  return data ?? null
}

/** The draft in the query cache: read, replaced by a newer one, asked for again. */
export function useDraftCache() {
  const { site } = useSite()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { queryKey } = trpc.signup.draft.queryOptions({ site: site.site })

  return {
    read: () => queryClient.getQueryData(queryKey) ?? null,
    write: (draft: DraftView | null) => queryClient.setQueryData(queryKey, draft),
    /** What is being fetched was asked for before the change, and must not undo it. */
    stopFetching: () => queryClient.cancelQueries({ queryKey }),
    refetch: () => queryClient.invalidateQueries({ queryKey }),
  }
}

type Calls = ReturnType<typeof useTRPCClient>['signup']
type Ref = Readonly<{ site: string; version: number }>

/** A change that is shown before the server knows of it. */
type Shown = Readonly<{ before: DraftView | null; apply: (draft: DraftView) => DraftView }>

/** Refusals after which what this tab shows is not how things are. */
const outdated = new Set([
  'signup.draft_changed',
  'signup.order_under_way',
  'signup.already_done',
  'signup.no_draft',
  'signup.draft_lapsed',
])

const changeKey = (site: string) => ['signup', site, 'change'] as const

/** Whether what this tab changed is still on its way: a page asked for now would not know of it. */
export function useSaving(): boolean {
  const { site } = useSite()
  return useIsMutating({ mutationKey: changeKey(site.site) }) > 0
}

/** Changes in the same scope go one after the other. */
export const changeScope = (site: string) => ({ id: `signup-${site}` })

/**
 * One change of the draft. Changes of a tab go one after the other, each with the version that the
 * last one left; one that another tab overtook is refused, and the newest is shown. The server knows
 * a change that comes again: `send` may repeat it while the server is away.
 */
export function useDraftChange<Input = void>(
  send: (calls: Calls, ref: Ref, input: Input) => Promise<DraftView>,
  { optimistic }: { optimistic?: (draft: DraftView, input: Input) => DraftView } = {},
) {
  const { site } = useSite()
  const { signup } = useTRPCClient()
  const draft = useDraftCache()
  const changes = useQueryClient().getMutationCache()
  const mutationKey = changeKey(site.site)

  /** What the server answers, with what it hasn't heard of yet: that is shown already, and stays. */
  const withOthers = (saved: DraftView, own: Shown | undefined): DraftView =>
    changes
      .findAll({ mutationKey, status: 'pending' })
      .map(({ state }) => state.context as Shown | undefined)
      .filter((shown) => shown !== own)
      .reduce((known, shown) => shown?.apply(known) ?? known, saved)

  return useMutation({
    mutationKey,
    scope: changeScope(site.site),
    mutationFn: (input: Input) =>
      send(signup, { site: site.site, version: draft.read()?.version ?? 1 }, input),
    async onMutate(input) {
      await draft.stopFetching()
      const before = draft.read()
      const apply = (known: DraftView) => optimistic?.(known, input) ?? known
      if (before) draft.write(apply(before))
      return { before, apply } satisfies Shown
    },
    onSuccess: (saved, _, context) => draft.write(withOthers(saved, context)),
    onError(error, _, context) {
      if (context?.before && optimistic) draft.write(withOthers(context.before, context))
      if (outdated.has(refusedBy(error)?.code ?? '')) void draft.refetch()
    },
  })
}

/** Goes to another page of ours; `pending` until it can be seen. */
export function useGo() {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  return {
    pending,
    go: (href: string) => startTransition(() => router.push(href)),
    replace: (href: string) => startTransition(() => router.replace(href)),
  }
}
