'use client'

import { useMutation } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import { whyNot } from '#server/accounts/schema.moves.ts'
import { paths } from '#server/kernel/routes.ts'
import type { AttendantView } from '#server/pbx/schema.menus.ts'
import { useWhyNot } from './why-not.ts'

/** Ends an auto attendant at once, says what that frees, and offers the way back. */
export function RemoveAttendant({ attendant }: { attendant: AttendantView }) {
  const t = useTranslations('pbx.attendants')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const router = useRouter()
  const refusal = useRefusal()
  const say = useWhyNot()
  const notMine = useWhyNotMine()('attendants:write')
  const [ends, returns] = [useAttemptKey(), useAttemptKey()]
  const accounts = [attendant.account]
  const settings = {
    // The key makes asking again the same as asking once.
    trpc: { context: idempotent.context },
    onError: (error: unknown) =>
      void notify({ tone: 'danger', title: refusal(error) ?? t('removeFailed') }),
  }
  const restore = useMutation(
    trpc.pbx.restoreAttendants.mutationOptions({
      ...settings,
      onSuccess: () => router.push(paths.autoAttendant(attendant.account)),
    }),
  )
  const remove = useMutation(
    trpc.pbx.removeAttendants.mutationOptions({
      ...settings,
      onSuccess() {
        router.push(paths.autoAttendants())
        void notify({
          tone: 'success',
          title: t('removed', { name: attendant.name }),
          description: t('freed', {
            product: attendant.product,
            count: attendant.numbers.length,
          }),
          action: {
            label: common('undo'),
            onPress: () => restore.mutate({ accounts, key: returns.keyFor(Date.now()) }),
          },
        })
      },
    }),
  )

  return (
    <ActionButton
      disabledReason={notMine ?? say(whyNot('terminate', attendant, 'customer'))}
      loading={remove.isPending || remove.isSuccess}
      onClick={() => remove.mutate({ accounts, key: ends.keyFor(attendant) })}
    >
      <Trash2 aria-hidden />
      {t('remove')}
    </ActionButton>
  )
}
