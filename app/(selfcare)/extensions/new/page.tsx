import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddExtension } from '#components/pbx/add-extension.tsx'
import { NotIncluded } from '#components/pbx/not-included.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.add')
  return { title: t('title') }
}

export default async function NewExtensionPage() {
  const me = await signedIn('customer')
  const [t, options] = await Promise.all([
    getTranslations('pbx.add'),
    asked(api().pbx.extensionOptions.query()),
  ])

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        back={{ href: paths.extensions(), label: t('back') }}
      />
      {options.products.length === 0 ? (
        <Card padding="none">
          <NotIncluded of="extensions" support={me.support} />
        </Card>
      ) : (
        <AddExtension options={options} support={me.support} />
      )}
    </>
  )
}
