'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useTRPCClient } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { formatDay, formatDays } from '#components/ui/format.ts'
import { useMoney } from '#components/ui/money.tsx'
import type { PreviewChange, PricePreview } from '#server/billing/schema.ts'

/** What would be had by more, and what accounts would lose. */
export type PriceChange = Partial<PreviewChange>

type Props = Readonly<{
  change: PriceChange
  /** The customer an administrator acts for; undefined for one's own lines. */
  customer?: number
}>

/**
 * What a change makes of the next invoice, as billing will charge it: below the words that say what it
 * costs each month, beside the button that makes it.
 */
export function PriceDetail({ change, customer }: Props) {
  const { billing } = useTRPCClient()
  const { add = [], remove = [] } = change
  const price = useQuery({
    queryKey: ['price of a change', customer ?? null, add, remove],
    queryFn: () =>
      customer === undefined
        ? billing.preview.mutate({ add, remove }, idempotent)
        : billing.previewFor.mutate({ add, remove, customer }, idempotent),
    placeholderData: keepPreviousData,
    retry: false,
  })

  // Without it the words above still stand; the button says what is wrong once it is pressed.
  if (price.isError) return null
  return (
    <span aria-live="polite" aria-busy={price.isFetching} className="block text-xs text-muted">
      {price.data ? <Said price={price.data} /> : <Place />}
    </span>
  )
}

/** Where it will stand; within a sentence, where no block may be. */
const Place = () => (
  <span
    aria-hidden
    className="my-0.5 block h-3 w-56 animate-shimmer rounded-[0.375rem] bg-default"
  />
)

function Said({ price }: { price: PricePreview }) {
  const t = useTranslations('price')
  const locale = useLocale()
  const money = useMoney()
  const { currency, days, untilInvoice, monthly, onInvoice, activation } = price
  const day = formatDay(locale, price.invoiceOn)
  const some = isSomething(untilInvoice)
  const less = untilInvoice.startsWith('-')
  const sentences = [
    some &&
      days &&
      t(less ? 'less' : 'more', {
        days: formatDays(locale, days.from, days.until),
        amount: money(less ? untilInvoice.slice(1) : untilInvoice, currency),
        day,
      }),
    !some && isSomething(monthly) && !isSomething(onInvoice) && t('later', { day }),
    isSomething(activation) && t('activation', { amount: money(activation, currency), day }),
    price.average && t('average'),
    price.waits && t('waits'),
    (isSomething(monthly) || isSomething(onInvoice)) &&
      t(price.taxInclusive ? 'inclusive' : 'beforeTax'),
  ].filter((sentence) => sentence !== false && sentence !== null)

  return <span suppressHydrationWarning>{sentences.join(' ')}</span>
}

const isSomething = (amount: string) => /[1-9]/.test(amount)
