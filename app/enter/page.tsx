import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PlainShell } from '#components/layout/plain-shell.tsx'
import { houseBrand } from '#components/session/brand.ts'
import { EnterDoor } from '#components/session/enter-door.tsx'
import { locales } from '#i18n/locales.ts'
import { Messages } from '#i18n/messages.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('session.enter')
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false } }
}

/** Where a mailed one-time link leads. Looking at it changes nothing. */
export default async function EnterPage() {
  const [t, brand] = await Promise.all([getTranslations('session.enter'), houseBrand()])

  return (
    <PlainShell brand={brand} languages={locales} title={t('title')}>
      <Messages of={['session']}>
        <EnterDoor />
      </Messages>
    </PlainShell>
  )
}
