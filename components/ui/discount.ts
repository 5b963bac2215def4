import { useTranslations } from 'next-intl'
import { useMoney } from '#components/ui/money.tsx'
import type { DiscountView } from '#server/billing/schema.discounts.ts'

/** What a discount takes off, and how much longer: "20% off, for 3 more periods". */
export function useDiscountWords() {
  const t = useTranslations('terms.discount')
  const money = useMoney()

  return ({ percent, amount, appliesTo, left }: DiscountView, currency: string): string => {
    const off =
      percent === null
        ? t('amount', { amount: money(amount ?? '0', currency) })
        : t('percent', { percent: Number(percent) })
    if (appliesTo === 'activation') return t('activation', { off })
    return left === null ? t('always', { off }) : t('periods', { off, left })
  }
}
