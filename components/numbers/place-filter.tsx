import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type PlacesQuery, placeFilters } from '#server/numbers/schema.places.ts'

type Only = PlacesQuery['only']
type Props = Readonly<{ current: Only; href: (only: Only) => string }>

/** All numbers, the free ones, or those that reach one kind; which, stands in the address. */
export function PlaceFilter({ current, href }: Props) {
  const t = useTranslations('numbers')
  return (
    <nav
      aria-label={t('filter')}
      className="flex max-w-full gap-1 overflow-x-auto rounded-[0.5rem] bg-default p-1"
    >
      {placeFilters.map((only) => (
        <Link
          key={only}
          href={href(only)}
          aria-current={only === current ? 'true' : undefined}
          className={`flex h-7 flex-none items-center rounded-[0.375rem] px-3 text-[0.8125rem] ${
            only === current
              ? 'bg-surface font-medium text-foreground shadow-surface'
              : 'text-muted hover:text-foreground'
          }`}
        >
          {t(`only.${only}`)}
        </Link>
      ))}
    </nav>
  )
}
