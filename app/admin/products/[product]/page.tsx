import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ArchiveButton } from '#components/admin/archive-button.tsx'
import { ProductForm } from '#components/admin/product-form.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Badge } from '#components/ui/status-chip.tsx'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ params: Promise<{ product: string }> }>

const productOf = cache(async (named: string) => {
  await signedIn('admin')
  if (!/^\d{1,9}$/.test(named)) notFound()
  return asked(api().catalog.product.query({ product: Number(named) }))
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await productOf((await params).product)).product.name }
}

export default async function ProductPage({ params }: Props) {
  const { product, services } = await productOf((await params).product)
  const [t, kinds, roles] = await Promise.all([
    getTranslations('admin.product'),
    getTranslations('admin.kinds'),
    getTranslations('admin.roles'),
  ])

  return (
    <>
      <PageHeader
        title={product.name}
        description={t('usage', { agreements: product.agreements, used: product.used })}
        meta={
          <>
            <Badge tone="accent">{roles(product.role)}</Badge>
            <Badge>{kinds(product.accountKind)}</Badge>
          </>
        }
        back={{ href: paths.products(), label: t('back') }}
        actions={
          <ArchiveButton
            product={product.product}
            name={product.name}
            archived={product.archived}
          />
        }
      />
      {product.archived && (
        <div className="mb-6 max-w-3xl">
          <Notice tone="warning">{t('archivedNotice')}</Notice>
        </div>
      )}
      <ProductForm key={product.name} product={product} services={services} />
    </>
  )
}
