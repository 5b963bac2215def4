'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { RadioCards } from '#components/form/radio-cards.tsx'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import { useCost, useWhyFull } from './cost.ts'

type Props = Readonly<{ products: readonly PlacesView[]; support: Me['support'] }>

/** The agreement's products with their price and headroom; full ones stay in sight and say why. */
export function ProductChoice({ products, support }: Props) {
  const t = useTranslations('pbx')
  const cost = useCost()
  const whyFull = useWhyFull(support)

  return (
    <RadioCards
      name="product"
      label={t('add.product')}
      options={products.map((product) => ({
        value: String(product.product),
        label: product.name,
        description: whyFull.one(product) ? undefined : <Headroom product={product} />,
        aside: cost.short(product),
        disabledReason: whyFull.one(product),
      }))}
    />
  )
}

function Headroom({ product: { used, quantity } }: { product: PlacesView }) {
  const t = useTranslations('pbx.cost')
  return quantity === null ? t('unlimited', { used }) : t('places', { used, quantity })
}

/** The product to begin with: the first that can be had. */
export const firstChoice = (products: readonly PlacesView[]): string =>
  String(products.find((product) => !product.full)?.product ?? '')

/** The consequence, beside the button that brings it about. */
export function CostNote({
  products,
  support,
  each = false,
}: Props & Readonly<{ /** It is for several lines at once. */ each?: boolean }>) {
  const t = useTranslations('pbx.cost')
  const cost = useCost()
  const full = useWhyFull(support).all(products)
  const chosen = useWatch({ name: 'product' })
  const product = products.find((each) => String(each.product) === chosen)

  if (full) return <p className="max-w-md">{full}</p>
  return (
    <p aria-live="polite">
      {product ? (
        <>
          <span className="font-medium text-foreground">
            {each ? t('each', { cost: cost.short(product) }) : cost.sentence(product)}
          </span>
          {cost.taxed(product) && <span className="block text-xs">{t('beforeTax')}</span>}
        </>
      ) : (
        t('choose')
      )}
    </p>
  )
}
