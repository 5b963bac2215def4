import { UsersRound } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddGroup } from '#components/pbx/add-group.tsx'
import { GroupTable } from '#components/pbx/group-table.tsx'
import { NotIncluded } from '#components/pbx/not-included.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.groups')
  return { title: t('title') }
}

export default async function HuntGroupsPage() {
  const me = await signedIn('customer')
  const [t, [rows, places]] = await Promise.all([
    getTranslations('pbx.groups'),
    asked(Promise.all([api().pbx.groups.query(), api().agreements.mine.query()])),
  ])
  const included = places.some((place) => place.accountKind === 'extension')

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={included && rows.length > 0 && <AddGroup />}
      />
      <Card padding="none">
        <GroupTable
          rows={rows}
          empty={
            included ? (
              <EmptyState
                icon={<UsersRound aria-hidden />}
                title={t('emptyTitle')}
                action={<AddGroup />}
              >
                {t('emptyText')}
              </EmptyState>
            ) : (
              <NotIncluded of="extensions" support={me.support} />
            )
          }
        />
      </Card>
    </>
  )
}
