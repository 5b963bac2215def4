import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PlainShell } from '#components/layout/plain-shell.tsx'
import { houseBrand } from '#components/session/brand.ts'
import { EnterDoor } from '#components/session/enter-door.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { locales } from '#i18n/locales.ts'
import { Messages } from '#i18n/messages.tsx'
import { zDoor } from '#server/auth/schema.ts'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ searchParams: Promise<{ door?: string }> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('session.enter')
  // The address opens a door: it is nobody's to pass on or to list.
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false } }
}

/** Where a mailed one-time link leads. Looking at it changes nothing. */
export default async function EnterPage({ searchParams }: Props) {
  const { door } = await searchParams
  const [t, brand] = await Promise.all([getTranslations('session.enter'), houseBrand()])
  const whole = zDoor.safeParse({ door }).success

  return (
    <PlainShell
      brand={brand}
      languages={locales}
      title={t('title')}
      description={whole ? undefined : t('missing')}
    >
      <Messages of={['session']}>
        {whole && door ? (
          <EnterDoor door={door} />
        ) : (
          <LinkButton variant="primary" fullWidth href={paths.login()}>
            {t('toLogin')}
          </LinkButton>
        )}
      </Messages>
    </PlainShell>
  )
}
