import { Layers, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ClassTable } from '#components/admin/class-table.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RightLink } from '#components/ui/rights.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.classes')
  return { title: t('title') }
}

export default async function ClassesPage() {
  await signedIn('admin')
  const [t, classes] = await Promise.all([
    getTranslations('admin.classes'),
    asked(api().customers.classes.query()),
  ])
  const add = (
    <RightLink right="customers:write" variant="primary" href={paths.newCustomerClass()}>
      <Plus aria-hidden />
      {t('add')}
    </RightLink>
  )

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={classes.length > 0 && add} />
      <Card padding="none">
        <ClassTable
          classes={classes}
          empty={
            <EmptyState icon={<Layers aria-hidden />} title={t('emptyTitle')} action={add}>
              {t('text')}
            </EmptyState>
          }
        />
      </Card>
    </>
  )
}
