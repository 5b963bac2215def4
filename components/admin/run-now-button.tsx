'use client'

import { useMutation } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { useMoney } from '#components/ui/money.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import { useChanged } from './use-changed.ts'

/** Bills who is due now, without waiting for the schedule. */
export function RunNowButton() {
  const t = useTranslations('admin.runs')
  const list = new Intl.ListFormat(useLocale())
  const trpc = useTRPC()
  const amountOf = useMoney()
  const changed = useChanged()
  const whyNot = useWhyNotMine()
  const sentence = useRefusal()
  const run = useMutation(
    trpc.billing.runNow.mutationOptions({
      // Whoever is billed already isn't due any more.
      trpc: { context: idempotent.context },
      onSuccess: ({ customers, invoices, parked, totals }) => {
        const amounts = totals.map(({ amount, currency }) => amountOf(amount, currency))
        const did = t('did', { invoices, parked, amounts: list.format(amounts) || 'none' })
        changed({ title: customers === 0 ? t('nobodyDue') : did })
      },
      onError: (error) => {
        void notify({ tone: 'danger', title: sentence(error) ?? '' })
      },
    }),
  )

  return (
    <ActionButton
      disabledReason={whyNot('billing:run')}
      loading={run.isPending}
      onClick={() => run.mutate()}
    >
      <Play aria-hidden />
      {t('runNow')}
    </ActionButton>
  )
}
