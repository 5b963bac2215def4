import { Building2 } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CustomerTable } from '#components/admin/customer-table.tsx'
import { SearchBox } from '#components/form/search-box.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { customersPerPage } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../(selfcare)/list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.customers')
  return { title: t('title') }
}

export default async function CustomersPage({ searchParams }: Props) {
  await signedIn('admin', 'reseller')
  const query = await searchParams
  const [search, page] = [textIn(query, 'q'), pageIn(query)]
  const [t, admin, list] = await Promise.all([
    getTranslations('admin.customers'),
    getTranslations('admin'),
    asked(api().customers.directory.query({ search, page })),
  ])

  return (
    <>
      <PageHeader title={t('title')} description={t('count', { count: list.total })} />
      <Card padding="none">
        <div className="border-b border-separator p-3">
          <SearchBox label={t('search')} />
        </div>
        <CustomerTable
          rows={list.rows}
          empty={
            <EmptyState
              icon={<Building2 aria-hidden />}
              title={t(search ? 'noneTitle' : 'noneYetTitle')}
              action={search && <LinkButton href={paths.customers()}>{admin('clear')}</LinkButton>}
            >
              {search ? admin('noneFound') : t('noneYetText')}
            </EmptyState>
          }
        />
        <Pager
          page={page}
          perPage={customersPerPage}
          total={list.total}
          href={(n) => pageHref(paths.customers(), { q: search }, n)}
        />
      </Card>
    </>
  )
}
