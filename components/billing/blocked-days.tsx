import { CalendarOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Money } from '#components/ui/money.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { type BlockedRow, type BlockedView, entriesPerPage } from '#server/billing/schema.ts'
import { money, negate, toDecimal } from '#server/kernel/money.ts'
import { paths } from '#server/kernel/routes.ts'
import { useBillWords } from './words.ts'

type Props = Readonly<{
  view: BlockedView
  page: number
  href: (page: number) => string
}>

/** Free days, stretch by stretch: of which line, by which rule, what that saved, on which invoice. */
export function BlockedDays({ view, page, href }: Props) {
  const t = useTranslations('billing.blockedDays')
  const words = useBillWords()
  const { currency } = view
  const columns: Column<BlockedRow>[] = [
    {
      id: 'line',
      header: t('columns.line'),
      primary: true,
      cell: ({ line, name }) => (
        <>
          <span className="figures">{line}</span> {name !== line && name}
        </>
      ),
    },
    { id: 'what', header: t('columns.what'), cell: (row) => row.description },
    {
      id: 'days',
      header: t('columns.days'),
      cell: ({ from, until, days }) => (
        <>
          <span suppressHydrationWarning className="whitespace-nowrap">
            {words.days(from, until)}
          </span>
          <span className="ms-2 text-muted">{t('count', { days })}</span>
        </>
      ),
    },
    { id: 'rule', header: t('columns.rule'), wideOnly: true, cell: () => t('rule') },
    {
      id: 'invoice',
      header: t('columns.invoice'),
      cell: ({ invoice, number }) =>
        invoice && number ? (
          <TextLink href={paths.invoice(invoice)}>
            <span className="figures whitespace-nowrap">{number}</span>
          </TextLink>
        ) : (
          t('unbilled')
        ),
    },
    {
      id: 'amount',
      header: t('columns.amount'),
      align: 'end',
      cell: ({ amount }) => (
        <Money amount={toDecimal(negate(money(amount)))} currency={currency} allPlaces />
      ),
    },
  ]

  return (
    <Card
      padding="none"
      title={t('title')}
      description={t('text')}
      footer={
        view.total > 0 && (
          <p className="flex justify-between gap-4 text-sm">
            <span className="text-muted">{t('saved')}</span>
            <Money amount={view.saved} currency={currency} className="font-semibold" />
          </p>
        )
      }
    >
      <Table
        label={t('title')}
        columns={columns}
        rows={view.rows}
        rowKey={(row) => `${row.line} ${row.description} ${row.from} ${row.invoice}`}
        empty={
          <EmptyState
            icon={<CalendarOff aria-hidden />}
            title={t('emptyTitle')}
            action={<LinkButton href={paths.blocks()}>{t('block')}</LinkButton>}
          >
            {t('emptyText')}
          </EmptyState>
        }
      />
      <Pager page={page} perPage={entriesPerPage} total={view.total} href={href} />
    </Card>
  )
}
