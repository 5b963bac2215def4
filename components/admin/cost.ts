import { useTranslations } from 'next-intl'
import { useMoney } from '#components/ui/money.tsx'
import { useTerms } from '#components/ui/terms.ts'
import type { PriceView } from '#server/catalog/schema.ts'

const isSomething = (amount: string) => /[1-9]/.test(amount)

type Fees = PriceView & Readonly<{ currency: string | null }>

/** What a product costs, in a line: "$120.00 a year, plus $5.00 once, ends after 2 periods". */
export function useFees(free: string): (fees: Fees) => string {
  const t = useTranslations('admin.products')
  const money = useMoney()
  const words = useTerms()

  return ({ periodic, activation, currency, terms }) => {
    if (!currency) return free
    const once = isSomething(activation) && t('once', { amount: money(activation, currency) })
    if (!isSomething(periodic)) return once || free
    const price = words.price(periodic, currency, terms)
    return [once ? t('plus', { price, once }) : price, ...words.unusual(terms)].join(', ')
  }
}
