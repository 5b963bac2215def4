import { Hash } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SearchBox } from '#components/form/search-box.tsx'
import { FreeFilter } from '#components/numbers/free-filter.tsx'
import { isLine, NumberTable } from '#components/numbers/number-table.tsx'
import { LinePhone } from '#components/pbx/line-phone.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { numbersPerPage } from '#server/accounts/schema.ts'
import { paths } from '#server/kernel/routes.ts'
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
  const only = query.only === 'free' ? 'free' : 'all'
  const [t, list] = await Promise.all([
    getTranslations('numbers'),
    asked(api().accounts.numbers.query({ search, only, page })),
  ])
  const lines = list.rows.filter(isLine).flatMap(({ account }) => account?.account ?? [])
  const phones = lines.length ? await asked(api().devices.ofMine.query({ accounts: lines })) : []
  const href = (which: 'all' | 'free', n: number) =>
    pageHref(paths.numbers(), { q: search, only: which === 'free' ? which : '' }, n)

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
            <FreeFilter current={only} href={(which) => href(which, 0)} />
          </div>
        )}
        <NumberTable
          rows={list.rows}
          phoneOf={({ account, name }, number) => (
            <LinePhone
              account={account}
              number={number}
              name={name}
              device={phones.find((phone) => phone.account === account) ?? null}
            />
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
          perPage={numbersPerPage}
          total={list.found}
          href={(n) => href(only, n)}
        />
      </Card>
    </>
  )
}
