import { CardSim } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SearchBox } from '#components/form/search-box.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { AddSimButton, SimList } from '#components/sims/sim-list.tsx'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterLinks } from '#components/ui/filter-links.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { simOrders, simStates, simsPerPage } from '#server/accounts/schema.sims.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

const views = ['all', ...simStates] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sims')
  return { title: t('title') }
}

export default async function SimCardsPage({ searchParams }: Props) {
  const me = await signedIn('customer')
  const query = await searchParams
  const [search, page] = [textIn(query, 'q'), pageIn(query)]
  const state = views.find((each) => each === query.state) ?? 'all'
  const by = simOrders.find((each) => each === query.sort) ?? 'added'
  const descending = query.order ? query.order === 'desc' : by === 'added'
  const [t, [list, places]] = await Promise.all([
    getTranslations('sims'),
    asked(
      Promise.all([
        api().accounts.sims.query({ search, state, sort: by, descending, page }),
        api().agreements.mine.query(),
      ]),
    ),
  ])
  const products = places.filter(
    ({ accountKind, role }) => accountKind === 'sim' && role === 'main',
  )
  const all = Object.values(list.counts).reduce((sum, n) => sum + n, 0)

  type Filters = { q?: string; state?: string; sort?: string; order?: string }
  const href = (filters: Filters, n = 0) =>
    pageHref(
      paths.simCards(),
      {
        q: search,
        state: state === 'all' ? '' : state,
        sort: by === 'added' ? '' : by,
        order: textIn(query, 'order'),
        ...filters,
      },
      n,
    )
  const order = (column: (typeof simOrders)[number]) =>
    href({ sort: column, order: by === column && !descending ? 'desc' : 'asc' })

  return (
    <>
      <PageHeader
        title={t('title')}
        description={
          search || state !== 'all'
            ? t('found', { found: list.total, all })
            : t('count', { count: all })
        }
        actions={products.length > 0 && <AddSimButton products={products} support={me.support} />}
      />
      <Card padding="none">
        {all > 0 && (
          <div className="flex flex-wrap items-center gap-3 border-b border-separator p-3">
            <SearchBox label={t('search')} />
            <FilterLinks
              label={t('filter')}
              current={state}
              options={views.map((each) => ({
                id: each,
                label: t(`states.${each}`),
                href: href({ state: each === 'all' ? '' : each }),
                count: each === 'all' ? all : list.counts[each],
              }))}
            />
          </div>
        )}
        <SimList
          rows={list.rows}
          products={products}
          sort={{ by, descending }}
          orders={{ iccid: order('iccid'), name: order('name'), added: order('added') }}
          empty={
            all > 0 ? (
              <EmptyState
                title={t('noneFoundTitle')}
                action={<LinkButton href={paths.simCards()}>{t('clear')}</LinkButton>}
              >
                {t('noneFoundText')}
              </EmptyState>
            ) : (
              <EmptyState
                icon={<CardSim aria-hidden />}
                title={t(products.length > 0 ? 'emptyTitle' : 'notIncludedTitle')}
                action={
                  products.length > 0 ? (
                    <AddSimButton products={products} support={me.support} />
                  ) : (
                    <a className="button button--outline" href={`mailto:${me.support.email}`}>
                      {t('ask', { email: me.support.email })}
                    </a>
                  )
                }
              >
                {t(products.length > 0 ? 'emptyText' : 'notIncludedText')}
              </EmptyState>
            )
          }
        />
        <Pager page={page} perPage={simsPerPage} total={list.total} href={(n) => href({}, n)} />
      </Card>
    </>
  )
}
