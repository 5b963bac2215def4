import { useLocale } from 'next-intl'
import { type DefaultValues, type Resolver, type UseFormReturn, useForm } from 'react-hook-form'
import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { addressRule } from '#server/kernel/address.ts'
import type { Say } from './coded-resolver.ts'

type Texts = Record<string, string>

/**
 * A form with an address, checked as `useZodForm` does. Its rules and the world's numbering plans come
 * with the first check, not with the page.
 */
export function useFormWithAddress<Values extends Texts & { country: string }, Output>(
  load: () => Promise<(say: Say) => Resolver<Values, unknown, Output>>,
  defaultValues: DefaultValues<Values>,
): UseFormReturn<Values, unknown, Output> {
  const locale = useLocale()
  const sayFault = useCatalogueCode('form.errors')
  const sayRefusal = useCatalogueCode('refusals')

  return useForm<Values, unknown, Output>({
    resolver: async (values, context, options) => {
      const resolver = await load()
      const say: Say = (code, details) =>
        sayFault(code, details) ?? sayRefusal(code, details) ?? sayFault('invalid', {}) ?? locale
      return resolver(say)(asAsked(values), context, options)
    },
    defaultValues,
    mode: 'onTouched',
    // Form focuses the first bad field as the eye meets it, not as it was registered.
    shouldFocusError: false,
  })
}

/** What its country has no field for was typed for another one. */
function asAsked<Values extends Texts & { country: string }>(values: Values): Values {
  const { fields } = addressRule(values.country)
  const others = (['line2', 'state', 'postalCode'] as const).filter(
    (field) => !fields.includes(field),
  )
  return { ...values, ...Object.fromEntries(others.map((field) => [field, ''])) }
}
