import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { everyRealm, signedIn } from '#components/session/guard.ts'
import { PasswordForm } from '#components/settings/password-form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings.password')
  return { title: t('title') }
}

export default async function PasswordPage() {
  const me = await signedIn(...everyRealm)
  const t = await getTranslations('settings.password')

  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PasswordForm login={me.login} />
    </>
  )
}
