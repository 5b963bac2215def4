import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { signedIn } from '#components/session/guard.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { ImportForm } from '#components/usage/import-form.tsx'
import { Messages } from '#i18n/messages.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('usage.import')
  return { title: t('title') }
}

export default async function UsageImportPage() {
  await signedIn('admin')
  const t = await getTranslations('usage.import')

  return (
    <Messages of={['usage']}>
      <PageHeader title={t('title')} description={t('text')} />
      <ImportForm />
    </Messages>
  )
}
