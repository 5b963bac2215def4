import { useLocale } from 'next-intl'
import type { Resolver } from 'react-hook-form'
import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { addressRule } from '#server/kernel/address.ts'
import type { Say } from './coded-resolver.ts'

type Texts = Record<string, string>

/**
 * The check of a form with an address. Its rules and the world's numbering plans come with the first
 * check, not with the page.
 */
export function useAddressResolver<Values extends Texts & { country: string }, Output>(
  load: () => Promise<(say: Say) => Resolver<Values, unknown, Output>>,
): Resolver<Values, unknown, Output> {
  const locale = useLocale()
  const sayFault = useCatalogueCode('form.errors')
  const sayRefusal = useCatalogueCode('refusals')

  return async (values, context, options) => {
    const resolver = await load()
    const say: Say = (code, details) =>
      sayFault(code, details) ?? sayRefusal(code, details) ?? sayFault('invalid', {}) ?? locale
    return resolver(say)(asAsked(values), context, options)
  }
}

/** What its country has no field for was typed for another one. */
function asAsked<Values extends Texts & { country: string }>(values: Values): Values {
  const { fields } = addressRule(values.country)
  const others = (['line2', 'state', 'postalCode'] as const).filter(
    (field) => !fields.includes(field),
  )
  return { ...values, ...Object.fromEntries(others.map((field) => [field, ''])) }
}
