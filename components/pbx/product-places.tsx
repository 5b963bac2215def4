import { useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/button.tsx'
import { PlacesMeter } from '#components/ui/meter.tsx'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { useCost, useWhyFull } from './cost.ts'

type Props = Readonly<{
  places: readonly PlacesView[]
  support: Me['support']
  label: string
}>

/** Products of the agreement: how many places are used, what one more costs, and why there is none. */
export function ProductPlaces({ places, support, label }: Props) {
  const t = useTranslations('pbx.products')
  const cost = useCost()
  const whyFull = useWhyFull(support)

  return (
    <ul aria-label={label} className="divide-y divide-separator">
      {places.map((place) => (
        <li key={place.product} className="grid gap-2 px-4 py-4 sm:px-5">
          <PlacesMeter label={place.name} used={place.used} quantity={place.quantity} />
          <p className="flex flex-wrap justify-between gap-x-6 text-sm text-muted">
            <span>{t('oneMore', { cost: cost.short(place) })}</span>
            {place.accountKind === 'extension' ? (
              <TextLink href={extensionsWith(place)}>
                {t('extensions', { count: place.used })}
              </TextLink>
            ) : (
              t(`kinds.${place.accountKind}`, { count: place.used })
            )}
          </p>
          {place.full && <p className="text-sm text-muted">{whyFull.one(place)}</p>}
        </li>
      ))}
    </ul>
  )
}

const extensionsWith = ({ role, product }: PlacesView) =>
  `${paths.extensions()}?${role === 'main' ? 'product' : 'addon'}=${product}`
