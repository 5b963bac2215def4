import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ArchivePackageButton } from '#components/admin/archive-button.tsx'
import { SoldPackageForm } from '#components/admin/sold-package-form.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ params: Promise<{ subscription: string }> }>

const packageOf = cache(async (named: string) => {
  await signedIn('admin')
  if (!/^\d{1,9}$/.test(named)) notFound()
  return asked(api().catalog.package.query({ subscription: Number(named) }))
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await packageOf((await params).subscription)).name }
}

export default async function SoldPackagePage({ params }: Props) {
  const sold = await packageOf((await params).subscription)
  const t = await getTranslations('admin.soldPackages')
  const { subscription, name, archived } = sold

  return (
    <>
      <PageHeader
        title={name}
        back={{ href: paths.soldPackages(), label: t('title') }}
        actions={
          <ArchivePackageButton subscription={subscription} name={name} archived={archived} />
        }
      />
      {archived && (
        <div className="mb-6 max-w-3xl">
          <Notice tone="warning">{t('archivedNotice')}</Notice>
        </div>
      )}
      <SoldPackageForm key={name} sold={sold} />
    </>
  )
}
