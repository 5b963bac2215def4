import { useTranslations } from 'next-intl'
import { formatPhone } from '#components/ui/format.ts'
import { useMoney } from '#components/ui/money.tsx'
import { useTerms } from '#components/ui/terms.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { Me } from '#server/customers/schema.ts'

const isSomething = (amount: string) => /[1-9]/.test(amount)

/** What one more of a product costs, in words. */
export function useCost() {
  const t = useTranslations('pbx.cost')
  const money = useMoney()
  const words = useTerms()

  return {
    /** Beside the button: "Adds $10.00 a month". */
    sentence({ periodic, terms, activation, currency }: PlacesView): string {
      const price = words.price(periodic, currency, terms)
      const amounts = { price, activation: money(activation, currency) }
      if (isSomething(periodic)) {
        return t(isSomething(activation) ? 'addsWithActivation' : 'adds', amounts)
      }
      return t(isSomething(activation) ? 'activationOnly' : 'nothing', amounts)
    },
    /** In a list of products: "$10.00 a month". */
    short({ periodic, terms, activation, currency }: PlacesView): string {
      if (isSomething(periodic)) return words.price(periodic, currency, terms)
      if (isSomething(activation)) return t('once', { amount: money(activation, currency) })
      return t('included')
    },
  }
}

/** Why no more of a product can be had, and who can change that. */
export function useWhyFull(support: Me['support']) {
  const t = useTranslations('pbx.cost')
  const whom = { email: support.email, phone: formatPhone(support.phone) }

  return {
    one: ({ full, used, quantity }: PlacesView): string | undefined =>
      full && quantity !== null ? t('full', { used, quantity, ...whom }) : undefined,
    /** The button's reason: nothing on offer is left. */
    all: (products: readonly PlacesView[]): string | undefined =>
      products.every((product) => product.full) ? t('allFull', whom) : undefined,
  }
}
