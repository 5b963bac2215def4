import { PhoneForwarded, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AttendantTable } from '#components/pbx/attendant-table.tsx'
import { NotIncluded } from '#components/pbx/not-included.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RightLink } from '#components/ui/rights.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.attendants')
  return { title: t('title') }
}

export default async function AutoAttendantsPage() {
  const me = await signedIn('customer')
  const [t, [rows, places]] = await Promise.all([
    getTranslations('pbx.attendants'),
    asked(Promise.all([api().pbx.attendants.query(), api().agreements.mine.query()])),
  ])
  const included = places.some((place) => place.accountKind === 'auto_attendant')
  const add = (
    <RightLink adds right="attendants:write" variant="primary" href={paths.newAutoAttendant()}>
      <Plus aria-hidden />
      {t('add')}
    </RightLink>
  )

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={included && add} />
      <Card padding="none">
        <AttendantTable
          rows={rows}
          empty={
            included ? (
              <EmptyState
                icon={<PhoneForwarded aria-hidden />}
                title={t('emptyTitle')}
                action={add}
              >
                {t('emptyText')}
              </EmptyState>
            ) : (
              <NotIncluded of="attendants" support={me.support} />
            )
          }
        />
      </Card>
    </>
  )
}
