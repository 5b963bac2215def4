import { ReceiptText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { LinkButton } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Money } from '#components/ui/money.tsx'
import type { InvoiceList, UpcomingView } from '#server/billing/schema.ts'
import { add, money, negate, toDecimal, zero } from '#server/kernel/money.ts'
import { paths } from '#server/kernel/routes.ts'
import { taxesOf } from './bill-groups.ts'
import { BillLines, Sums } from './bill-lines.tsx'
import { type BillPlaces, myBillPlaces } from './bill-places.ts'
import { OpenNow } from './open-now.tsx'
import { useBillWords } from './words.ts'

type Props = Readonly<{
  upcoming: UpcomingView
  /** The open ones. */
  invoices: InvoiceList
  page: number
  href: (page: number) => string
  at?: BillPlaces
  /** The first thing to do where nothing would be charged. */
  first?: ReactNode
}>

/** The next invoice as things stand, each line explained, beside what is open before it. */
export function Upcoming({ upcoming, invoices, page, href, at = myBillPlaces, first }: Props) {
  const t = useTranslations('billing.upcoming')
  const words = useBillWords()
  const { on, from, lines, currency } = upcoming

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[2fr_1fr]">
      <Card
        padding="none"
        className="max-lg:order-2"
        title={t('linesTitle')}
        description={lines.length > 0 && t('linesCount', { count: lines.length })}
      >
        {lines.length > 0 ? (
          <BillLines lines={lines} currency={currency} page={page} href={href} />
        ) : (
          <EmptyState
            icon={<ReceiptText aria-hidden />}
            title={t('emptyTitle')}
            action={first ?? <LinkButton href={paths.addOns()}>{t('add')}</LinkButton>}
          >
            {t('emptyText', { day: words.day(on) })}
          </EmptyState>
        )}
      </Card>
      <div className="grid gap-6 sm:max-lg:grid-cols-2">
        <Card title={t('on', { day: words.day(on) })} description={t('text')}>
          <div className="grid gap-4">
            <p>
              <Money
                amount={upcoming.total}
                currency={currency}
                className="text-2xl/8 font-semibold tracking-tight"
              />
              <span suppressHydrationWarning className="block text-sm text-muted">
                {t('period', { days: words.days(from, on) })}
              </span>
            </p>
            <UpcomingSums upcoming={upcoming} />
          </div>
        </Card>
        <OpenNow invoices={invoices} balance={upcoming.balance} at={at} />
      </div>
    </div>
  )
}

function UpcomingSums({ upcoming }: { upcoming: UpcomingView }) {
  const t = useTranslations('billing.upcoming')
  const { lines, net, tax, taxName, taxRate, total, balance, currency, taxInclusive } = upcoming
  const taxes = lines.length > 0 ? taxesOf(lines) : [{ rate: taxRate, tax }]
  const before = money(balance)
  const after = add(before, money(total))
  const abs = (amount: typeof after) => toDecimal(amount < zero ? negate(amount) : amount)

  return (
    <>
      <Sums
        currency={currency}
        rows={[
          { label: t('net'), amount: net },
          ...taxes.map((row) => ({
            label: t('tax', { name: taxName, rate: Number(row.rate) }),
            amount: row.tax,
          })),
          { label: t('total'), amount: total, strong: true },
        ]}
      />
      {before !== zero && (
        <Sums
          currency={currency}
          rows={[
            { label: t(before > zero ? 'before' : 'credit'), amount: abs(before) },
            { label: t(after >= zero ? 'after' : 'left'), amount: abs(after), strong: true },
          ]}
        />
      )}
      {taxInclusive && <p className="text-xs text-muted">{t('inclusive')}</p>}
    </>
  )
}
