import { useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Day, Money } from '#components/ui/money.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { Revenue as OfCurrency } from '#server/billing/schema.revenue.ts'
import { money, zero } from '#server/kernel/money.ts'
import { paths } from '#server/kernel/routes.ts'
import { RevenueMonths } from './revenue-months.tsx'

/** What comes in, in one currency: by month, what is open, what runs, and who owes most. */
export function Revenue({ of }: { of: OfCurrency }) {
  const t = useTranslations('admin.revenue')
  const { currency, months } = of
  const none = months.every(
    ({ invoiced, received }) => money(invoiced) === zero && money(received) === zero,
  )

  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card className="lg:col-span-2" title={t('title', { currency })} description={t('text')}>
        <dl className="mb-5 grid gap-5 sm:grid-cols-3">
          <Figure label={t('open')} amount={of.open} currency={currency}>
            {t('invoices', { count: of.openInvoices })}
          </Figure>
          <Figure label={t('overdue')} amount={of.overdue} currency={currency}>
            {t('invoices', { count: of.overdueInvoices })}
          </Figure>
          <Figure label={t('monthly')} amount={of.monthly} currency={currency}>
            {t('monthlyText')}
          </Figure>
        </dl>
        {none ? (
          <p className="text-sm text-muted">{t('empty')}</p>
        ) : (
          <RevenueMonths months={months} currency={currency} />
        )}
      </Card>
      <Plans of={of} />
      <Debtors of={of} />
    </div>
  )
}

type FigureProps = Readonly<{ label: string; amount: string; currency: string; children: string }>

function Figure({ label, amount, currency, children }: FigureProps) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd>
        <Money amount={amount} currency={currency} className="block text-2xl font-semibold" />
        <span className="block text-[0.8125rem]/5 text-muted">{children}</span>
      </dd>
    </div>
  )
}

function Plans({ of: { plans, currency } }: { of: OfCurrency }) {
  const t = useTranslations('admin.revenue')
  const columns: Column<OfCurrency['plans'][number]>[] = [
    { id: 'plan', header: t('plan'), primary: true, cell: ({ plan }) => plan },
    {
      id: 'n',
      header: t('subscriptions'),
      align: 'end',
      cell: ({ subscriptions }) => subscriptions,
    },
    {
      id: 'monthly',
      header: t('aMonth'),
      align: 'end',
      cell: ({ monthly }) => <Money amount={monthly} currency={currency} />,
    },
  ]
  return (
    <Card padding="none" title={t('plans')}>
      <Table
        label={t('plans')}
        columns={columns}
        rows={plans}
        rowKey={({ plan }) => plan}
        empty={<p className="px-4 pb-4 text-sm text-muted sm:px-5">{t('noPlans')}</p>}
      />
    </Card>
  )
}

function Debtors({ of: { debtors, currency } }: { of: OfCurrency }) {
  const t = useTranslations('admin.revenue')
  const columns: Column<OfCurrency['debtors'][number]>[] = [
    {
      id: 'customer',
      header: t('customer'),
      primary: true,
      cell: ({ customer, name }) => (
        <TextLink href={`${paths.customerInvoices(customer)}?state=open`}>{name}</TextLink>
      ),
    },
    {
      id: 'due',
      header: t('dueFirst'),
      cell: ({ dueFirst, isOverdue }) => (
        <span className="flex flex-wrap items-center gap-2 max-sm:justify-end">
          <Day day={dueFirst} />
          {isOverdue && <StatusChip tone="danger">{t('late')}</StatusChip>}
        </span>
      ),
    },
    {
      id: 'open',
      header: t('open'),
      align: 'end',
      cell: ({ open }) => <Money amount={open} currency={currency} />,
    },
  ]
  return (
    <Card padding="none" title={t('debtors')}>
      <Table
        label={t('debtors')}
        columns={columns}
        rows={debtors}
        rowKey={({ customer }) => customer}
        empty={<p className="px-4 pb-4 text-sm text-muted sm:px-5">{t('noDebtors')}</p>}
      />
    </Card>
  )
}
