import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { BatchPage } from '#components/bulk/batch-page.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { Messages } from '#i18n/messages.tsx'
import { zBatchRef } from '#server/bulk/schema.ts'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ params: Promise<{ id: string }> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bulk')
  return { title: t('one') }
}

export default async function BatchRoute({ params }: Props) {
  const me = await signedIn('customer')
  const reference = zBatchRef.safeParse(await params)
  if (!reference.success) notFound()
  const [t, [batch, places, groups]] = await Promise.all([
    getTranslations('bulk'),
    asked(
      Promise.all([
        api().bulk.batch.query(reference.data),
        api().agreements.mine.query(),
        api().pbx.groups.query(),
      ]),
    ),
  ])
  const fits = places.filter(
    ({ role, accountKind }) => role === 'main' && accountKind === 'extension',
  )

  return (
    <Messages of={['bulk']}>
      <PageHeader
        title={batch.fileName}
        description={t.rich('uploadedBy', {
          by: batch.by,
          at: () => <RelativeTime at={batch.at} />,
        })}
        back={{ href: paths.uploadExtensions(), label: t('toUploads') }}
      />
      <BatchPage
        batch={batch}
        support={me.support.email}
        options={{
          products: fits.map(({ name }) => name),
          groups: groups.map(({ name }) => name),
        }}
      />
    </Messages>
  )
}
