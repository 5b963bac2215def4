import { FileUp, Phone, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ExtensionList } from '#components/pbx/extension-list.tsx'
import { filterOf, isFiltered, queryIn } from '#components/pbx/extension-query.ts'
import { NotIncluded } from '#components/pbx/not-included.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { RightLink } from '#components/ui/rights.tsx'
import { paths } from '#server/kernel/routes.ts'
import { type ExtensionQuery, extensionsPerPage } from '#server/pbx/schema.ts'

type Query = Record<string, string | string[] | undefined>
type Props = Readonly<{ searchParams: Promise<Query> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.extensions')
  return { title: t('title') }
}

export default async function ExtensionsPage({ searchParams }: Props) {
  const me = await signedIn('customer')
  const address = await searchParams
  const query = queryIn(address)
  const [t, [list, agreed]] = await Promise.all([
    getTranslations('pbx.extensions'),
    asked(Promise.all([withPhones(query), api().agreements.mine.query()])),
  ])
  const places = agreed.filter((place) => place.accountKind === 'extension')
  const filtered = isFiltered(filterOf(query))

  return (
    <>
      <PageHeader
        title={t('title')}
        description={
          filtered
            ? t('found', { found: list.total, all: list.all })
            : t('count', { count: list.all })
        }
        actions={
          places.length > 0 && (
            <>
              <RightLink right="bulk:write" href={paths.uploadExtensions()}>
                <FileUp aria-hidden />
                {t('upload')}
              </RightLink>
              <RightLink
                adds
                right="extensions:write"
                variant="primary"
                href={paths.newExtension()}
              >
                <Plus aria-hidden />
                {t('add')}
              </RightLink>
            </>
          )
        }
      />
      <Card padding="none">
        <ExtensionList
          rows={list.rows}
          total={list.total}
          all={list.all}
          query={query}
          places={places}
          support={me.support}
          empty={
            filtered || list.all > 0 ? (
              <NoneFound search={query.search} />
            ) : places.length > 0 ? (
              <NoneYet />
            ) : (
              <NotIncluded of="extensions" support={me.support} />
            )
          }
          pager={
            <Pager
              page={query.page}
              perPage={extensionsPerPage}
              total={list.total}
              href={(n) => pageHref(address, n)}
            />
          }
        />
      </Card>
    </>
  )
}

/** The same list, another page of it; what was open on this one isn't on that. */
function pageHref(address: Query, page: number): string {
  const next = new URLSearchParams()
  for (const [name, value] of Object.entries(address)) {
    if (typeof value === 'string' && !['page', 'open', 'tab'].includes(name)) next.set(name, value)
  }
  if (page > 0) next.set('page', String(page + 1))
  return next.size > 0 ? `${paths.extensions()}?${next}` : paths.extensions()
}

/** Extensions and their phones: two calls, whatever the number of rows. */
async function withPhones(query: ExtensionQuery) {
  const list = await api().pbx.extensions.query(query)
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
        <RightLink adds right="extensions:write" variant="primary" href={paths.newExtension()}>
          <Plus aria-hidden />
          {t('add')}
        </RightLink>
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
      title={search ? t('noneFoundTitle', { search }) : t('noneFilteredTitle')}
      action={<LinkButton href={paths.extensions()}>{t('clear')}</LinkButton>}
    >
      {t(search ? 'noneFoundText' : 'noneFilteredText')}
    </EmptyState>
  )
}
