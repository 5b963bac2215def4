'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { PriceDetail } from '#components/form/price-detail.tsx'
import { RadioCards } from '#components/form/radio-cards.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useWhyNotAdd } from '#components/ui/rights.tsx'
import { whyNotProduct } from '#server/accounts/schema.moves.ts'
import { useCost } from './cost.ts'
import type { TabProps } from './extension-drawer.tsx'
import { useSaved } from './use-saved.ts'
import { useWhyNot } from './why-not.ts'

const zProduct = z.object({ product: z.string().transform(Number) })

/** The main product, and what another one would cost instead. */
export function DrawerProduct({ line, places, locked }: TabProps) {
  const t = useTranslations('pbx')
  const trpc = useTRPC()
  const saved = useSaved()
  const reason = useWhyNot()
  const cost = useCost()
  const attempt = useAttemptKey()
  const notNow = useWhyNotAdd()('accounts:write')
  const form = useZodForm(zProduct, { defaultValues: { product: String(line.productId) } })
  const change = useMutation(
    trpc.accounts.changeProduct.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: () => saved(t('change.done', { count: 1 })),
    }),
  )
  const products = places.filter((place) => place.role === 'main')
  const whyNotThis = (place: (typeof products)[number]) =>
    place.product === line.productId
      ? undefined
      : reason(
          whyNotProduct(
            'changeProduct',
            { ...place, place },
            { ...line, kind: 'extension', has: false },
            'customer',
          ),
        )

  return (
    <Form
      form={form}
      submitError={change.error}
      loading={change.isPending}
      onSubmit={({ product }) =>
        change.mutate({
          accounts: [line.account],
          product,
          key: attempt.keyFor({ product, from: line.productId }),
        })
      }
    >
      <RadioCards
        name="product"
        label={t('add.product')}
        options={products.map((place) => ({
          value: String(place.product),
          label: place.name,
          aside: cost.short(place),
          disabledReason: whyNotThis(place),
        }))}
      />
      {products.length > 1 && (
        <FormActions note={<Difference line={line} places={places} />}>
          <SubmitButton disabledReason={locked ?? notNow}>{t('change.one')}</SubmitButton>
        </FormActions>
      )}
    </Form>
  )
}

/** What changes on the bill, before it is pressed. */
function Difference({ line, places }: Pick<TabProps, 'line' | 'places'>) {
  const t = useTranslations('pbx.change')
  const cost = useCost()
  const chosen = Number(useWatch({ name: 'product' }))
  const [from, to] = [line.productId, chosen].map((id) => places.find((one) => one.product === id))

  return (
    <div aria-live="polite">
      {!from || !to || from === to ? (
        t('same')
      ) : (
        <>
          <p>{t('difference', { from: cost.short(from), to: cost.short(to) })}</p>
          <PriceDetail
            change={{
              add: [{ product: to.product, n: 1 }],
              remove: [{ accounts: [line.account], product: from.product }],
            }}
          />
        </>
      )}
    </div>
  )
}
