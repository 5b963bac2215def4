'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { type PriceChange, PriceDetail } from '#components/form/price-detail.tsx'
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

type CostProps = Readonly<{
  /** Accounts that are to change to it; undefined for one that is to be added. */
  change?: readonly number[]
}>

/** The consequence, beside the button that brings it about. */
export function CostNote({ products, support, change }: Props & CostProps) {
  const t = useTranslations('pbx.cost')
  const cost = useCost()
  const full = useWhyFull(support).all(products)
  const chosen = useWatch({ name: 'product' })
  const product = products.find((each) => String(each.product) === chosen)
  const each = change !== undefined && change.length > 1

  if (full) return <p className="max-w-md">{full}</p>
  return (
    <p aria-live="polite">
      {product ? (
        <>
          <span className="font-medium text-foreground">
            {each ? t('each', { cost: cost.short(product) }) : cost.sentence(product)}
          </span>
          <PriceDetail change={changeTo(product.product, change)} />
        </>
      ) : (
        t('choose')
      )}
    </p>
  )
}

const changeTo = (product: number, accounts: CostProps['change']): PriceChange =>
  accounts && accounts.length > 0
    ? {
        add: [{ product, n: accounts.length }],
        remove: [{ accounts: [...accounts], product: 'main' }],
      }
    : { add: [{ product, n: 1 }] }
