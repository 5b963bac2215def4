import { useLocale, useTranslations } from 'next-intl'
import { useMoney } from '#components/ui/money.tsx'
import type { BlockPreview, FreeDays } from '#server/accounts/schema.blocks.ts'
import { addDays, civilDate, daysIn, formatDay } from '#server/kernel/civil.ts'

/** Days as people say them: with their last one, not with the first one after. */
export function useDays() {
  const t = useTranslations('blocks.days')
  const locale = useLocale()
  const written = (day: string) => formatDay(civilDate(day), locale)

  return {
    day: written,
    /** "Dec 1, 2026 to Dec 10, 2026 (10 days)". */
    range(days: FreeDays): string {
      if (!days) return t('none')
      const { from, until } = days
      if (until === null) return t('open', { from: written(from) })
      const count = daysIn({ from, until })
      const [first, last] = [written(from), written(addDays(until, -1))]
      return count === 1 ? t('one', { day: first }) : t('range', { from: first, to: last, count })
    },
    /** "December 2026". */
    month: (month: string) =>
      new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
        new Date(`${month}-01T00:00:00Z`),
      ),
  }
}

const isSomething = (amount: string) => /[1-9]/.test(amount)

/** What a block saves, in a sentence. */
export function useSaving(): (preview: BlockPreview) => string {
  const t = useTranslations('blocks.saves')
  const money = useMoney()
  const days = useDays()

  return ({ days: free, monthly, total, months, currency, lines }) => {
    if (!isSomething(monthly)) return t('package', { count: lines })
    if (!free) return t('nothing')
    const monthlyAmount = money(monthly, currency)
    if (total !== null)
      return t('total', { amount: money(total, currency), monthly: monthlyAmount })
    const [first] = months
    return t('open', {
      amount: money(first?.amount ?? '0', currency),
      month: first ? days.month(first.month) : '',
      monthly: monthlyAmount,
    })
  }
}
