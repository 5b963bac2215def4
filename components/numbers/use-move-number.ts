'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { formatPhone } from '#components/ui/format.ts'
import { notify } from '#components/ui/toast.tsx'
import type { PlacedNumber } from '#server/numbers/schema.places.ts'

/** Whom a number is to reach; null is nobody: it is one of my free ones. */
type Place = Readonly<{ account: number; words: string }> | null

/** Moves a number, says so, and offers the way back. */
export function useMoveNumber() {
  const t = useTranslations('numbers')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const router = useRouter()
  const refusal = useRefusal()
  const move = useMutation(
    // Where a number is to be, not how it gets there: asking twice is asking once.
    trpc.accounts.moveNumbers.mutationOptions({
      trpc: { context: idempotent.context },
      onSettled: () => router.refresh(),
    }),
  )

  const undo = (number: string, to: number | null) =>
    move.mutate(
      { numbers: [number], to },
      {
        onError: (error) =>
          void notify({ tone: 'danger', title: refusal(error) ?? t('undoFailed') }),
      },
    )

  return {
    error: move.error,
    loading: move.isPending,
    forget: move.reset,
    async move({ number, reaches }: PlacedNumber, to: Place): Promise<boolean> {
      try {
        await move.mutateAsync({ numbers: [number], to: to?.account ?? null })
      } catch (error) {
        if (to === null) void notify({ tone: 'danger', title: refusal(error) ?? t('undoFailed') })
        return false
      }
      const phone = formatPhone(number)
      void notify({
        tone: 'success',
        title: to ? t('moved', { number: phone, to: to.words }) : t('released', { number: phone }),
        action: {
          label: common('undo'),
          onPress: () => undo(number, reaches?.account ?? null),
        },
      })
      return true
    },
  }
}
