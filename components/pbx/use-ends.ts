'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { notify } from '#components/ui/toast.tsx'
import type { EndedAccount } from '#server/accounts/schema.ts'

type Told = Readonly<{
  onEnded?: (ended: EndedAccount[]) => void
  onRestored?: () => void
}>

/** Ends extensions at once and offers to undo it: in a toast, and to whoever asked for as long as it is shown. */
export function useEnds({ onEnded, onRestored }: Told = {}) {
  const t = useTranslations('pbx.ends')
  const undoLabel = useTranslations('common')('undo')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const router = useRouter()
  const sentence = useRefusal()
  // Asking again is the same as asking once, by the key.
  const repeatable = { trpc: { context: idempotent.context } }

  const settled = () => {
    void queries.invalidateQueries()
    router.refresh()
  }
  const restore = useMutation(
    trpc.pbx.restoreExtensions.mutationOptions({
      ...repeatable,
      onSuccess: (_, { accounts }) => {
        void notify({ tone: 'success', title: t('restored', { count: accounts.length }) })
        onRestored?.()
        settled()
      },
      onError: (error) => {
        void notify({
          tone: 'danger',
          title: t('notRestored'),
          description: sentence(error),
        })
      },
    }),
  )
  const undo = (accounts: number[]) => restore.mutate({ accounts, key: randomUuid() })
  const end = useMutation(
    trpc.pbx.removeExtensions.mutationOptions({
      ...repeatable,
      onSuccess: (ended) => {
        const accounts = ended.map(({ account }) => account)
        const numbers = ended.reduce((all, each) => all + each.numbers.length, 0)
        void notify({
          tone: 'success',
          title: t('ended', { count: ended.length, name: ended[0]?.accountId ?? '' }),
          description: t('freed', { places: ended.length, numbers }),
          action: { label: undoLabel, onPress: () => undo(accounts) },
        })
        onEnded?.(ended)
        settled()
      },
    }),
  )
  return { end, restore, undo }
}
