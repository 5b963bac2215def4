import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PlainShell } from '#components/layout/plain-shell.tsx'
import { FirstPasswordForm } from '#components/session/first-password-form.tsx'
import { startPage, whoIsSignedIn } from '#components/session/guard.ts'
import { SignOutButton } from '#components/session/sign-out-button.tsx'
import { locales } from '#i18n/locales.ts'
import { Messages } from '#i18n/messages.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('session.welcome')
  return { title: t('title') }
}

/** The first sign-in: nothing else can be reached until the password is one's own. */
export default async function FirstPasswordPage() {
  const me = await whoIsSignedIn()
  if (!me.mustChangePassword) redirect(startPage(me.realm))
  const t = await getTranslations('session.welcome')

  return (
    <Messages of={['session']}>
      <PlainShell
        brand={me.brand}
        languages={locales}
        title={t('title')}
        description={t('text', { name: me.name })}
        below={<SignOutButton>{t('signOut')}</SignOutButton>}
      >
        <FirstPasswordForm login={me.login} to={startPage(me.realm)} />
      </PlainShell>
    </Messages>
  )
}
