import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ProductForm } from '#components/admin/product-form.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.product')
  return { title: t('newTitle') }
}

export default async function NewProductPage() {
  await signedIn('admin')
  const [t, services] = await Promise.all([
    getTranslations('admin.product'),
    asked(api().catalog.services.query()),
  ])

  return (
    <>
      <PageHeader
        title={t('newTitle')}
        description={t('newText')}
        back={{ href: paths.products(), label: t('back') }}
      />
      <ProductForm services={services} />
    </>
  )
}
