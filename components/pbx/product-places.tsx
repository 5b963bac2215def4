import { useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/button.tsx'
import { PlacesMeter } from '#components/ui/meter.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
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

  const columns: Column<PlacesView>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: (place) => place.name,
    },
    {
      id: 'places',
      header: t('columns.places'),
      className: 'sm:min-w-64 sm:py-3!',
      cell: (place) => (
        <div className="w-full text-start">
          <PlacesMeter
            label={t('inUse')}
            used={place.used}
            quantity={place.quantity}
            hint={whyFull.one(place)}
          />
        </div>
      ),
    },
    {
      id: 'cost',
      header: t('columns.cost'),
      align: 'end',
      cell: (place) => cost.short(place),
    },
    {
      id: 'who',
      header: t('columns.who'),
      cell: (place) =>
        place.accountKind === 'extension' ? (
          <TextLink href={extensionsWith(place)}>{t('extensions', { count: place.used })}</TextLink>
        ) : (
          t(`kinds.${place.accountKind}`, { count: place.used })
        ),
    },
  ]

  return (
    <Table
      label={label}
      columns={columns}
      rows={places}
      rowKey={(place) => place.product}
      empty={null}
    />
  )
}

const extensionsWith = ({ role, product }: PlacesView) =>
  `${paths.extensions()}?${role === 'main' ? 'product' : 'addon'}=${product}`
