import { useTranslations } from 'next-intl'
import { useMoney } from '#components/ui/money.tsx'

const isSomething = (amount: string) => /[1-9]/.test(amount)

type Fees = Readonly<{ monthly: string; activation: string; currency: string | null }>

/** What a product costs, in a line: "$10.00 a month, $5.00 once". */
export function useFees(free: string): (fees: Fees) => string {
  const t = useTranslations('admin.products')
  const money = useMoney()

  return ({ monthly, activation, currency }) => {
    if (!currency) return free
    const parts = [
      isSomething(monthly) && t('month', { amount: money(monthly, currency) }),
      isSomething(activation) && t('once', { amount: money(activation, currency) }),
    ].filter(Boolean)
    return parts.length > 0 ? parts.join(', ') : free
  }
}
