import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ColumnsHelp } from '#components/bulk/columns-help.tsx'
import { DropZone } from '#components/bulk/drop-zone.tsx'
import { UploadList } from '#components/bulk/upload-list.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Messages } from '#i18n/messages.tsx'
import { files, paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bulk')
  return { title: t('title') }
}

export default async function UploadPage() {
  await signedIn('customer')
  const [t, batches] = await Promise.all([getTranslations('bulk'), asked(api().bulk.mine.query())])

  return (
    <Messages of={['bulk']}>
      <PageHeader
        title={t('title')}
        description={t('text')}
        back={{ href: paths.extensions(), label: t('back') }}
        actions={
          <>
            <a href={files.template()} download className={buttonClass({})}>
              <Download aria-hidden />
              {t('template')}
            </a>
            <a href={files.export()} download className={buttonClass({})}>
              <Download aria-hidden />
              {t('export')}
            </a>
          </>
        }
      />
      <div className="grid gap-6">
        <DropZone />
        <Card title={t('help.title')} description={t('help.text')}>
          <ColumnsHelp />
        </Card>
        {batches.length > 0 && (
          <Card padding="none" title={t('list.title')}>
            <UploadList batches={batches} />
          </Card>
        )}
      </div>
    </Messages>
  )
}
