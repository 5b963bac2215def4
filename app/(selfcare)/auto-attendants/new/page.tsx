import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddAttendant } from '#components/pbx/add-attendant.tsx'
import { NotIncluded } from '#components/pbx/not-included.tsx'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pbx.attendants')
  return { title: t('addTitle') }
}

export default async function NewAutoAttendantPage() {
  const me = await signedIn('customer')
  const [t, options] = await Promise.all([
    getTranslations('pbx.attendants'),
    asked(api().pbx.attendantOptions.query()),
  ])

  return (
    <>
      <PageHeader
        title={t('addTitle')}
        description={t('addText')}
        back={{ href: paths.autoAttendants(), label: t('title') }}
      />
      {options.products.length === 0 ? (
        <Card padding="none">
          <NotIncluded of="attendants" support={me.support} />
        </Card>
      ) : (
        <AddAttendant options={options} support={me.support} />
      )}
    </>
  )
}
