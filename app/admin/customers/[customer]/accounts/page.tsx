import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AccountTable } from '#components/admin/account-table.tsx'
import { SearchBox } from '#components/form/search-box.tsx'
import { asked } from '#components/session/asked.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterLinks } from '#components/ui/filter-links.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { accountsPerPage } from '#server/accounts/schema.admin.ts'
import { paths } from '#server/kernel/routes.ts'
import { pageHref, pageIn, textIn } from '../../../../(selfcare)/list-query.ts'
import { customerOf, type Params } from '../customer.ts'

type Props = Params &
  Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

const statuses = ['live', 'active', 'inactive', 'blocked', 'terminated'] as const

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('admin.accounts')
  return { title: `${t('title')} · ${(await customerOf((await params).customer)).name}` }
}

export default async function CustomerAccountsPage({ params, searchParams }: Props) {
  const { customer } = await customerOf((await params).customer)
  const query = await searchParams
  const [search, page] = [textIn(query, 'q'), pageIn(query)]
  const status = statuses.find((each) => each === query.status) ?? 'live'
  const [t, admin, list] = await Promise.all([
    getTranslations('admin.accounts'),
    getTranslations('admin'),
    asked(api().accounts.ofCustomer.query({ customer, search, status, page })),
  ])
  const path = paths.customerAccounts(customer)
  const filters = { q: search, status: status === 'live' ? '' : status }
  const filtered = search !== '' || status !== 'live'

  return (
    <Card padding="none">
      <div className="flex flex-wrap items-center gap-3 border-b border-separator p-3">
        <SearchBox label={t('search')} />
        <FilterLinks
          label={t('filter')}
          current={status}
          options={statuses.map((each) => ({
            id: each,
            label: t(`filters.${each}`),
            href: pageHref(path, { q: search, status: each === 'live' ? '' : each }, 0),
          }))}
        />
        <p className="figures ms-auto text-sm text-muted">{t('count', { count: list.total })}</p>
      </div>
      <AccountTable
        customer={customer}
        rows={list.rows}
        empty={
          <EmptyState
            title={t('emptyTitle')}
            action={filtered && <LinkButton href={path}>{admin('clear')}</LinkButton>}
          >
            {filtered ? admin('noneFound') : t('emptyText')}
          </EmptyState>
        }
      />
      <Pager
        page={page}
        perPage={accountsPerPage}
        total={list.total}
        href={(n) => pageHref(path, filters, n)}
      />
    </Card>
  )
}
