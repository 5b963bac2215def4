import { useFormatter, useTranslations } from 'next-intl'
import { useMoney } from '#components/ui/money.tsx'
import type { Recurring } from '#server/catalog/schema.recurring.ts'
import { spanOf, type Terms, usualTerms } from '#server/catalog/schema.ts'

type Span = Pick<Terms, 'period' | 'periodCount'>
type When = Span & Pick<Terms, 'inAdvance'>

/** Terms of plans in a person's words; said the same on every page. */
export function useTerms() {
  const t = useTranslations('terms')
  const format = useFormatter()
  const money = useMoney()

  const words = {
    /** "a month", "every 3 months". */
    every(span: Span): string {
      const { unit, n } = spanOf(span)
      return t(`every.${unit}`, { n })
    },
    /** "every month", "every 3 months". */
    each(span: Span): string {
      const { unit, n } = spanOf(span)
      return t(`each.${unit}`, { n })
    },
    /** "First month", "First 3 months". */
    first(span: Span): string {
      const { unit, n } = spanOf(span)
      return t(`first.${unit}`, { n })
    },
    /** "Then every month". */
    afterwards(span: Span): string {
      const { unit, n } = spanOf(span)
      return t(`then.${unit}`, { n })
    },
    due: ({ inAdvance }: Pick<Terms, 'inAdvance'>) => t(inAdvance ? 'inAdvance' : 'inArrears'),
    /** "$120.00 a year", "$5.00 a month, in arrears": what is usual isn't said. */
    price(amount: string, currency: string, when: When): string {
      const price = t('price', { amount: money(amount, currency), every: words.every(when) })
      return when.inAdvance ? price : t('late', { price })
    },
    /** What is due at several times, each said: "$10.00 a month and $120.00 a year". */
    prices: (all: readonly Recurring[], currency: string): string =>
      format.list(all.map((due) => words.price(due.amount, currency, due))),
    /** What else isn't as usual, each in a few words. */
    unusual(terms: Terms): string[] {
      return [
        terms.anchored !== usualTerms.anchored && t('anchored.start'),
        terms.proration !== 'both' && t(`proration.${terms.proration}`),
        terms.term !== null && t('ends', { n: terms.term }),
      ].filter((word) => word !== false)
    },
  }
  return words
}
