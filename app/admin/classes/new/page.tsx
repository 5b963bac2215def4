import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ClassForm } from '#components/admin/class-form.tsx'
import { signedIn } from '#components/session/guard.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.classes')
  return { title: t('addTitle') }
}

export default async function NewClassPage() {
  await signedIn('admin')
  const t = await getTranslations('admin.classes')

  return (
    <>
      <PageHeader
        title={t('addTitle')}
        back={{ href: paths.customerClasses(), label: t('back') }}
      />
      <ClassForm />
    </>
  )
}
