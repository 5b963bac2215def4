import { Package, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ProductTable } from '#components/admin/product-table.tsx'
import { SearchBox } from '#components/form/search-box.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterLinks } from '#components/ui/filter-links.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { productsPerPage } from '#server/catalog/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../(selfcare)/list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

/** What a view of the list asks the server for. */
const views = {
  all: { role: 'all', state: 'sold' },
  main: { role: 'main', state: 'sold' },
  addon: { role: 'addon', state: 'sold' },
  archived: { role: 'all', state: 'archived' },
} as const
const names = Object.keys(views) as (keyof typeof views)[]

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.products')
  return { title: t('title') }
}

export default async function ProductsPage({ searchParams }: Props) {
  await signedIn('admin')
  const query = await searchParams
  const [search, page] = [textIn(query, 'q'), pageIn(query)]
  const view = names.find((name) => name === query.view) ?? 'all'
  const [t, admin, list] = await Promise.all([
    getTranslations('admin.products'),
    getTranslations('admin'),
    asked(api().catalog.products.query({ search, page, ...views[view] })),
  ])
  const href = (name: keyof typeof views, n = 0) =>
    pageHref(paths.products(), { q: search, view: name === 'all' ? '' : name }, n)
  const add = (
    <LinkButton variant="primary" href={paths.newProduct()}>
      <Plus aria-hidden />
      {t('add')}
    </LinkButton>
  )

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('count', { count: list.total })}
        actions={add}
      />
      <Card padding="none">
        <div className="flex flex-wrap items-center gap-3 border-b border-separator p-3">
          <SearchBox label={t('search')} />
          <FilterLinks
            label={t('filter')}
            current={view}
            options={names.map((name) => ({
              id: name,
              label: t(`filters.${name}`),
              href: href(name),
            }))}
          />
        </div>
        <ProductTable
          rows={list.rows}
          empty={
            <EmptyState
              icon={<Package aria-hidden />}
              title={t('emptyTitle')}
              action={
                search ? <LinkButton href={href(view)}>{admin('clear')}</LinkButton> : undefined
              }
            >
              {search ? admin('noneFound') : t('emptyText')}
            </EmptyState>
          }
        />
        <Pager
          page={page}
          perPage={productsPerPage}
          total={list.total}
          href={(n) => href(view, n)}
        />
      </Card>
    </>
  )
}
