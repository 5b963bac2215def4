import { KeyRound, MonitorSmartphone } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { asked } from '#components/session/asked.ts'
import { signedIn } from '#components/session/guard.ts'
import { api } from '#components/trpc/server.tsx'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { Card, Facts } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { paths } from '#server/kernel/routes.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin')
  return { title: t('title') }
}

export default async function AdminPage() {
  const me = await signedIn('admin', 'reseller')
  const [t, runs, session, [{ waiting }, { total }, left]] = await Promise.all([
    getTranslations('admin'),
    getTranslations('admin.runs'),
    getTranslations('session'),
    asked(
      Promise.all([
        api().accounts.countWaiting.query(),
        api().customers.directory.query({}),
        me.realm === 'admin' ? api().billing.countParked.query() : null,
      ]),
    ),
  ])

  return (
    <>
      <PageHeader title={t('title')} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title={t('counts')} className="lg:col-span-2">
          <div className="grid gap-6 sm:grid-cols-3">
            <Figure
              label={t('waitingCount')}
              count={waiting}
              href={paths.approvals()}
              link={t('toApprovals')}
            />
            <Figure
              label={t('customersCount')}
              count={total}
              href={paths.customers()}
              link={t('toCustomers')}
            />
            {left && (
              <Figure
                label={runs('parkedCount')}
                count={left.parked}
                href={paths.billingRuns()}
                link={runs('toRuns')}
              />
            )}
          </div>
        </Card>
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

type FigureProps = Readonly<{ label: string; count: number; href: string; link: string }>

function Figure({ label, count, href, link }: FigureProps) {
  return (
    <div className="grid gap-1">
      <p className="text-sm text-muted">{label}</p>
      <p className="figures text-2xl font-semibold">{count}</p>
      <p className="text-sm">
        <TextLink href={href}>{link}</TextLink>
      </p>
    </div>
  )
}
