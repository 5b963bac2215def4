import { Phone, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SearchBox } from '#components/form/search-box.tsx'
import { ExtensionTable } from '#components/pbx/extension-table.tsx'
import { NotIncluded } from '#components/pbx/not-included.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { paths } from '#server/kernel/routes.ts'
import { extensionsPerPage } from '#server/pbx/schema.ts'
import { pageHref, pageIn, textIn } from '../list-query.ts'

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.extensions')
  return { title: t('title') }
}

export default async function ExtensionsPage({ searchParams }: Props) {
  const me = await signedIn('customer')
  const query = await searchParams
  const [search, page] = [textIn(query, 'q'), pageIn(query)]
  const [t, [list, places]] = await Promise.all([
    getTranslations('pbx.extensions'),
    asked(Promise.all([withPhones(search, page), api().agreements.mine.query()])),
  ])
  const included = places.some((place) => place.accountKind === 'extension')

  return (
    <>
      <PageHeader
        title={t('title')}
        description={
          search
            ? t('found', { found: list.total, all: list.all })
            : t('count', { count: list.all })
        }
        actions={
          included && (
            <LinkButton variant="primary" href={paths.newExtension()}>
              <Plus aria-hidden />
              {t('add')}
            </LinkButton>
          )
        }
      />
      <Card padding="none">
        {list.all > 0 && (
          <div className="border-b border-separator p-3">
            <SearchBox label={t('search')} />
          </div>
        )}
        <ExtensionTable
          rows={list.rows}
          empty={
            search || list.all > 0 ? (
              <NoneFound search={search} />
            ) : included ? (
              <NoneYet />
            ) : (
              <NotIncluded of="extensions" support={me.support} />
            )
          }
        />
        <Pager
          page={page}
          perPage={extensionsPerPage}
          total={list.total}
          href={(n) => pageHref(paths.extensions(), { q: search }, n)}
        />
      </Card>
    </>
  )
}

/** Extensions and their phones: two calls, whatever the number of rows. */
async function withPhones(search: string, page: number) {
  const list = await api().pbx.extensions.query({ search, page })
  const accounts = list.rows.map((row) => row.account)
  const phones = accounts.length > 0 ? await api().devices.ofMine.query({ accounts }) : []
  const byAccount = new Map(phones.map(({ account, ...phone }) => [account, phone]))
  return {
    ...list,
    rows: list.rows.map((row) => ({ ...row, device: byAccount.get(row.account) ?? null })),
  }
}

async function NoneYet() {
  const t = await getTranslations('pbx.extensions')
  return (
    <EmptyState
      icon={<Phone aria-hidden />}
      title={t('emptyTitle')}
      action={
        <LinkButton variant="primary" href={paths.newExtension()}>
          <Plus aria-hidden />
          {t('add')}
        </LinkButton>
      }
    >
      {t('emptyText')}
    </EmptyState>
  )
}

async function NoneFound({ search }: { search: string }) {
  const t = await getTranslations('pbx.extensions')
  return (
    <EmptyState
      title={t('noneFoundTitle', { search })}
      action={<LinkButton href={paths.extensions()}>{t('clear')}</LinkButton>}
    >
      {t('noneFoundText')}
    </EmptyState>
  )
}
