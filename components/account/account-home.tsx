import { KeyRound, MonitorSmartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { Card, Facts } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { PhoneNumber } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import type { MyAccount } from '#server/accounts/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{
  me: Me
  account: MyAccount
  /** The phone and how to set it up. */
  phone: ReactNode
}>

/** The room of whoever uses one line: own number, own phone, own password. */
export function AccountHome({ me, account, phone }: Props) {
  const t = useTranslations('account')

  return (
    <>
      <PageHeader
        title={t('hello', { name: me.name.split(/\s+/)[0] ?? me.name })}
        description={me.customer?.name}
      />
      <div className="grid gap-6">
        <WhyNotWorking account={account} support={me.support} />
        <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
          <div className="grid gap-6">
            <OwnNumber numbers={account.numbers} />
            <Card title={t('phone')}>{phone}</Card>
          </div>
          <div className="grid gap-6">
            <Card title={t('line')}>
              <Facts
                items={[
                  {
                    label: t('status'),
                    value: (
                      <AccountStatusChip status={account.status} blockedBy={account.blockedBy} />
                    ),
                  },
                  { label: t('product'), value: account.product },
                  { label: t('accountId'), value: account.accountId },
                  { label: t('sipUsername'), value: account.sipUsername },
                ]}
              />
            </Card>
            <Card title={t('security')} description={t('securityText')}>
              <div className="flex flex-wrap gap-2">
                <LinkButton href={paths.password()}>
                  <KeyRound aria-hidden />
                  {t('changePassword')}
                </LinkButton>
                <LinkButton href={paths.sessions()}>
                  <MonitorSmartphone aria-hidden />
                  {t('sessions')}
                </LinkButton>
              </div>
            </Card>
          </div>
        </div>
      </div>
    </>
  )
}

function OwnNumber({ numbers }: { numbers: readonly string[] }) {
  const t = useTranslations('account')
  const [first, ...others] = numbers

  return (
    <Card title={t(others.length > 0 ? 'myNumbers' : 'myNumber')}>
      {first ? (
        <div className="grid gap-2">
          <p className="flex items-center gap-1">
            <PhoneNumber
              number={first}
              className="text-2xl/9 font-semibold tracking-tight sm:text-3xl/10"
            />
            <CopyButton value={formatPhone(first)} label={t('myNumber')} />
          </p>
          {others.map((number) => (
            <PhoneNumber key={number} number={number} className="text-muted" />
          ))}
        </div>
      ) : (
        <p className="text-sm text-muted">{t('noNumber')}</p>
      )}
    </Card>
  )
}

function WhyNotWorking({ account, support }: Pick<Props, 'account'> & { support: Me['support'] }) {
  const t = useTranslations('account')
  const { status, blockedBy } = account

  if (status === 'inactive') return <Notice tone="warning">{t('inactive')}</Notice>
  if (status !== 'blocked') return null
  return (
    <Notice tone="danger">
      {blockedBy === 'admin'
        ? t('blockedAdmin', { email: support.email, phone: formatPhone(support.phone) })
        : t('blockedCustomer')}
    </Notice>
  )
}
