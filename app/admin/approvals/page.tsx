import { ClipboardCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OrderList } from '#components/admin/order-list.tsx'
import { WaitingList } from '#components/admin/waiting-list.tsx'
import { SearchBox } from '#components/form/search-box.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { accountsPerPage } from '#server/accounts/schema.admin.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../(selfcare)/list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.approvals')
  return { title: t('title') }
}

export default async function ApprovalsPage({ searchParams }: Props) {
  await signedIn('admin', 'reseller')
  const query = await searchParams
  const [search, page] = [textIn(query, 'q'), pageIn(query)]
  const [t, admin, [list, orders]] = await Promise.all([
    getTranslations('admin.approvals'),
    getTranslations('admin'),
    asked(Promise.all([api().accounts.waiting.query({ search, page }), api().bulk.orders.query()])),
  ])

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <OrderList orders={orders} />
      <Card padding="none">
        {(search !== '' || list.total > 0) && (
          <div className="flex flex-wrap items-center gap-3 border-b border-separator p-3">
            <SearchBox label={t('search')} />
            <p className="figures ms-auto text-sm text-muted">
              {t('count', { count: list.total })}
            </p>
          </div>
        )}
        <WaitingList
          rows={list.rows}
          empty={
            <EmptyState
              icon={<ClipboardCheck aria-hidden />}
              title={t('emptyTitle')}
              action={search && <LinkButton href={paths.approvals()}>{admin('clear')}</LinkButton>}
            >
              {search ? admin('noneFound') : t('emptyText')}
            </EmptyState>
          }
        />
        <Pager
          page={page}
          perPage={accountsPerPage}
          total={list.total}
          href={(n) => pageHref(paths.approvals(), { q: search }, n)}
        />
      </Card>
    </>
  )
}
