import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PlainShell } from '#components/layout/plain-shell.tsx'
import { houseBrand } from '#components/session/brand.ts'
import { returnAddress } from '#components/session/return-address.ts'
import { SignInForm } from '#components/session/sign-in-form.tsx'
import { TextLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { locales } from '#i18n/locales.ts'
import { Messages } from '#i18n/messages.tsx'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ searchParams: Promise<{ from?: string; ended?: string }> }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('session.login')
  return { title: t('title') }
}

export default async function LoginPage({ searchParams }: Props) {
  const { from, ended } = await searchParams
  const [t, brand] = await Promise.all([getTranslations('session.login'), houseBrand()])
  const to = returnAddress(from)

  return (
    <PlainShell
      brand={brand}
      languages={locales}
      title={t('title')}
      below={
        brand.supportEmail &&
        t.rich('help', {
          email: brand.supportEmail,
          mail: (address) => <TextLink href={`mailto:${brand.supportEmail}`}>{address}</TextLink>,
        })
      }
    >
      <div className="grid gap-5">
        {ended && <Notice tone="info">{t('ended')}</Notice>}
        {!ended && to !== paths.home() && <Notice tone="info">{t('needed')}</Notice>}
        <Messages of={['session']}>
          <SignInForm to={to} />
        </Messages>
      </div>
    </PlainShell>
  )
}
