import { useLocale, useTranslations } from 'next-intl'
import { formatDay } from '#components/ui/format.ts'
import { useMoney } from '#components/ui/money.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { NextInvoice as Next } from '#server/billing/schema.ts'

/** What the next invoice comes to, as things stand, and its day. */
export function NextInvoice({ next: { on, total, currency } }: { next: Next }) {
  const t = useTranslations('home.balance')
  const locale = useLocale()
  const money = useMoney()
  const day = formatDay(locale, on)

  return (
    <dl className="mt-4 grid gap-0.5 border-t border-separator pt-3 text-sm">
      <dt className="text-muted">{t('next')}</dt>
      <dd suppressHydrationWarning className="figures font-medium">
        {/[1-9]/.test(total)
          ? t('nextOn', { amount: money(total, currency), day })
          : t('nextNothing', { day })}
      </dd>
    </dl>
  )
}

/** Its place until it is worked out. */
export const NextInvoicePlace = () => (
  <div className="mt-4 grid gap-0.5 border-t border-separator pt-3">
    <Skeleton className="h-5 w-24" />
    <Skeleton className="h-5 w-48" />
  </div>
)
