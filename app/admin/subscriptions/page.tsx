import { Plus, Repeat } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SoldPackageTable } from '#components/admin/sold-package-table.tsx'
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
import { packagesPerPage } from '#server/catalog/schema.packages.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../(selfcare)/list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

const views = ['sold', 'archived'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.soldPackages')
  return { title: t('title') }
}

/** Subscriptions that customers hold directly: what is sold, what it costs and on which terms. */
export default async function SoldPackagesPage({ searchParams }: Props) {
  await signedIn('admin')
  const query = await searchParams
  const [search, page] = [textIn(query, 'q'), pageIn(query)]
  const state = views.find((name) => name === query.view) ?? 'sold'
  const [t, admin, list] = await Promise.all([
    getTranslations('admin.soldPackages'),
    getTranslations('admin'),
    asked(api().catalog.packages.query({ search, page, state })),
  ])
  const href = (name: (typeof views)[number], n = 0) =>
    pageHref(paths.soldPackages(), { q: search, view: name === 'sold' ? '' : name }, n)

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <LinkButton variant="primary" href={paths.newSoldPackage()}>
            <Plus aria-hidden />
            {t('add')}
          </LinkButton>
        }
      />
      <Card padding="none">
        <div className="flex flex-wrap items-center gap-3 border-b border-separator p-3">
          <SearchBox label={t('search')} />
          <FilterLinks
            label={t('filter')}
            current={state}
            options={views.map((name) => ({
              id: name,
              label: t(`filters.${name}`),
              href: href(name),
            }))}
          />
        </div>
        <SoldPackageTable
          rows={list.rows}
          empty={
            <EmptyState
              icon={<Repeat aria-hidden />}
              title={t('emptyTitle')}
              action={
                search ? <LinkButton href={href(state)}>{admin('clear')}</LinkButton> : undefined
              }
            >
              {search ? admin('noneFound') : t('emptyText')}
            </EmptyState>
          }
        />
        <Pager
          page={page}
          perPage={packagesPerPage}
          total={list.total}
          href={(n) => href(state, n)}
        />
      </Card>
    </>
  )
}
