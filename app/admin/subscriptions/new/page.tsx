import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SoldPackageForm } from '#components/admin/sold-package-form.tsx'
import { signedIn } from '#components/session/guard.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.soldPackages')
  return { title: t('newTitle') }
}

export default async function NewSoldPackagePage() {
  await signedIn('admin')
  const t = await getTranslations('admin.soldPackages')

  return (
    <>
      <PageHeader
        title={t('newTitle')}
        description={t('newText')}
        back={{ href: paths.soldPackages(), label: t('title') }}
      />
      <SoldPackageForm />
    </>
  )
}
