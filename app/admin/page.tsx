import { KeyRound, MonitorSmartphone } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { signedIn } from '#components/session/guard.ts'
import { LinkButton } from '#components/ui/button.tsx'
import { Card, Facts } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin')
  return { title: t('title') }
}

export default async function AdminPage() {
  const me = await signedIn('admin', 'reseller')
  const [t, session] = await Promise.all([getTranslations('admin'), getTranslations('session')])

  return (
    <>
      <PageHeader title={t('title')} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title={t('whoYouAre')}>
          <Facts
            items={[
              { label: t('name'), value: me.name },
              { label: t('login'), value: me.login },
              { label: t('role'), value: session(`realms.${me.realm}`) },
              { label: t('provider'), value: me.brand.title },
              ...(me.customer
                ? [{ label: t('reseller'), value: `${me.customer.name} (${me.customer.id})` }]
                : []),
            ]}
          />
        </Card>
        <Card title={t('security')}>
          <div className="flex flex-wrap gap-2">
            <LinkButton href={paths.password()}>
              <KeyRound aria-hidden />
              {session('commands.changePassword')}
            </LinkButton>
            <LinkButton href={paths.sessions()}>
              <MonitorSmartphone aria-hidden />
              {session('nav.sessions')}
            </LinkButton>
          </div>
        </Card>
      </div>
    </>
  )
}
