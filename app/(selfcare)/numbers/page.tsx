import { Hash } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SearchBox } from '#components/form/search-box.tsx'
import { NumberTable } from '#components/numbers/number-table.tsx'
import { PlaceFilter } from '#components/numbers/place-filter.tsx'
import { LinePhone } from '#components/pbx/line-phone.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { paths } from '#server/kernel/routes.ts'
import {
  type PlacesQuery,
  placeFilters,
  placeSorts,
  placesPerPage,
} from '#server/numbers/schema.places.ts'
import { pageHref, pageIn, textIn } from '../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('numbers')
  return { title: t('title') }
}

export default async function NumbersPage({ searchParams }: Props) {
  const me = await signedIn('customer')
  const query = await searchParams
  const [search, page] = [textIn(query, 'q'), pageIn(query)]
  const only = placeFilters.find((one) => one === query.only) ?? 'all'
  const sort = placeSorts.find((one) => one === query.sort) ?? 'number'
  const descending = query.order === 'descending'
  const [t, list] = await Promise.all([
    getTranslations('numbers'),
    asked(api().numbers.list.query({ search, only, sort, descending, page })),
  ])
  const lines = list.rows.flatMap(({ number, reaches }) =>
    reaches?.kind === 'line' ? [{ ...reaches, number }] : [],
  )
  const accounts = lines.map((line) => line.account)
  const phones = lines.length > 0 ? await asked(api().devices.ofMine.query({ accounts })) : []
  const href = (to: Partial<PlacesQuery>) => {
    const asked = { only, sort, descending, page: 0, ...to }
    return pageHref(
      paths.numbers(),
      {
        q: search,
        only: asked.only === 'all' ? '' : asked.only,
        sort: asked.sort === 'number' ? '' : asked.sort,
        order: asked.descending ? 'descending' : '',
      },
      asked.page,
    )
  }
  const sortOf = (by: PlacesQuery['sort']) => ({
    href: href({ sort: by, descending: by === sort && !descending }),
    ...(by === sort && {
      direction: descending ? ('descending' as const) : ('ascending' as const),
    }),
  })

  return (
    <>
      <PageHeader
        title={t('title')}
        description={list.all > 0 ? t('count', { all: list.all, free: list.free }) : t('text')}
      />
      <Card padding="none">
        {list.all > 1 && (
          <div className="flex flex-wrap items-center gap-3 border-b border-separator p-3">
            <SearchBox label={t('search')} />
            <PlaceFilter current={only} href={(which) => href({ only: which })} />
          </div>
        )}
        <NumberTable
          rows={list.rows}
          sorts={{ number: sortOf('number'), city: sortOf('city'), reaches: sortOf('reaches') }}
          phones={Object.fromEntries(
            lines.map(({ account, number, name }) => [
              number,
              <LinePhone
                key={number}
                account={account}
                number={number}
                name={name}
                device={phones.find((phone) => phone.account === account) ?? null}
              />,
            ]),
          )}
          empty={
            list.all > 0 ? (
              <EmptyState
                title={t('noneFoundTitle')}
                action={<LinkButton href={paths.numbers()}>{t('clear')}</LinkButton>}
              >
                {t('noneFoundText')}
              </EmptyState>
            ) : (
              <EmptyState
                icon={<Hash aria-hidden />}
                title={t('emptyTitle')}
                action={
                  <a className="button button--outline" href={`mailto:${me.support.email}`}>
                    {t('ask', { email: me.support.email })}
                  </a>
                }
              >
                {t('emptyText')}
              </EmptyState>
            )
          }
        />
        <Pager
          page={page}
          perPage={placesPerPage}
          total={list.found}
          href={(n) => href({ page: n })}
        />
      </Card>
    </>
  )
}
