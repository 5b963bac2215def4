import { useTranslations } from 'next-intl'
import { useMoney } from '#components/ui/money.tsx'
import { add, type Money, money, negate, toDecimal, zero } from '#server/kernel/money.ts'

/** "The balance goes from $10.00 to be paid to $5.00 to be paid"; as it is while no amount is typed. */
export function useBalanceAfter(balance: string, currency: string) {
  const t = useTranslations('admin.money')
  const write = useMoney()
  const now = money(balance)
  const say = (stands: Money) =>
    stands === zero
      ? t('effect.even')
      : t(stands > zero ? 'effect.owed' : 'effect.favour', {
          amount: write(toDecimal(stands > zero ? stands : negate(stands)), currency),
        })

  return (typed: string, adds: boolean): string => {
    if (!/^\d{1,12}(\.\d{1,5})?$/.test(typed.trim())) return t('effect.now', { now: say(now) })
    const amount = money(typed.trim())
    return t('effect.moves', {
      now: say(now),
      after: say(add(now, adds ? amount : negate(amount))),
    })
  }
}
