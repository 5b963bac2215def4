import { Repeat } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { useDiscountWords } from '#components/ui/discount.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Day } from '#components/ui/money.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { Badge, StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { useTerms } from '#components/ui/terms.ts'
import type { SubscriptionRow, SubscriptionsView } from '#server/billing/schema.subscriptions.ts'
import { entriesPerPage } from '#server/billing/schema.ts'
import { addDays } from '#server/kernel/civil.ts'
import { money, zero } from '#server/kernel/money.ts'
import { paths } from '#server/kernel/routes.ts'
import { useBillWords } from './words.ts'

type Props = Readonly<{
  view: SubscriptionsView
  page: number
  href: (page: number) => string
}>

/** What runs: its fee and how often, since when, up to when it is on invoices, and which has the next. */
export function SubscriptionTable({ view, page, href }: Props) {
  const t = useTranslations('billing.subscriptions')
  const columns: Column<SubscriptionRow>[] = [
    { id: 'what', header: t('columns.what'), primary: true, cell: (row) => <What row={row} /> },
    {
      id: 'line',
      header: t('columns.line'),
      cell: ({ line, name }) =>
        line === null ? (
          <Badge>{t('company')}</Badge>
        ) : (
          <span className="wrap-anywhere">
            <span className="figures">{line}</span> {name !== line && name}
          </span>
        ),
    },
    { id: 'fee', header: t('columns.fee'), cell: (row) => <Fee row={row} /> },
    { id: 'since', header: t('columns.since'), cell: (row) => <Day day={row.startedOn} /> },
    {
      id: 'paid',
      header: t('columns.paid'),
      cell: ({ chargedUntil }) =>
        chargedUntil ? <Day day={addDays(chargedUntil, -1)} /> : <None />,
    },
    {
      id: 'next',
      header: t('columns.next'),
      cell: ({ chargedNext }) => (chargedNext ? <Day day={chargedNext} /> : <None />),
    },
  ]

  return (
    <Card padding="none" title={t('title')} description={t('text')}>
      <Table
        label={t('title')}
        columns={columns}
        rows={view.rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            icon={<Repeat aria-hidden />}
            title={t('emptyTitle')}
            action={<LinkButton href={paths.addOns()}>{t('products')}</LinkButton>}
          >
            {t('emptyText')}
          </EmptyState>
        }
      />
      <Pager page={page} perPage={entriesPerPage} total={view.total} href={href} />
    </Card>
  )
}

const None = () => <span className="text-muted">–</span>

function What({ row }: { row: SubscriptionRow }) {
  const { description, waits, discounts } = row
  const t = useTranslations('billing.subscriptions')
  const off = useDiscountWords()
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {description}
        {waits && <StatusChip tone="warning">{t('waits')}</StatusChip>}
      </span>
      {discounts.map((discount) => (
        <span
          key={discount.discount}
          suppressHydrationWarning
          className="block max-w-80 text-[0.8125rem] font-normal text-success-text"
        >
          {[`${discount.name}: ${off(discount, row.currency)}`, discount.reason]
            .filter(Boolean)
            .join(' · ')}
        </span>
      ))}
    </>
  )
}

function Fee({ row: { fee, currency, period, endsOn } }: { row: SubscriptionRow }) {
  const t = useTranslations('billing.subscriptions')
  const words = useBillWords()
  const terms = useTerms()
  if (money(fee) === zero) return t('free')

  return (
    <>
      <span suppressHydrationWarning className="figures whitespace-nowrap">
        {terms.price(fee, currency, { ...period, inAdvance: true })}
      </span>
      <span className="block text-[0.8125rem] text-muted">
        {terms.due(period)}
        {endsOn && `, ${t('ends', { day: words.day(endsOn) })}`}
      </span>
    </>
  )
}
