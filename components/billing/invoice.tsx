import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Card } from '#components/ui/card.tsx'
import { Money } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { InvoiceView } from '#server/billing/schema.ts'
import { money, zero } from '#server/kernel/money.ts'
import { taxesOf } from './bill-groups.ts'
import { BillLines, Sums } from './bill-lines.tsx'
import { type BillPlaces, myBillPlaces } from './bill-places.ts'
import { InvoiceState } from './invoice-state.tsx'
import { useBillWords } from './words.ts'

type Props = Readonly<{
  invoice: InvoiceView
  page: number
  href: (page: number) => string
  at?: BillPlaces
  /** How to pay it, while it is open, or why it isn't. */
  pay?: ReactNode
  /** What can be done with it. */
  actions?: ReactNode
}>

/** An invoice on the screen: what it is for by line, its tax, what was paid, how it stands. */
export function Invoice({ invoice, page, href, at = myBillPlaces, pay, actions }: Props) {
  const t = useTranslations('billing.invoice')
  const words = useBillWords()
  const { number, issuedOn, dueOn, from, until, lines, currency, voidReason, taxNote } = invoice

  return (
    <>
      <Link
        href={at.invoices}
        className="-ms-1 mb-1 flex min-h-6 w-fit items-center gap-0.5 rounded-[0.25rem] text-sm text-muted hover:text-foreground"
      >
        <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
        {t('back')}
      </Link>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="figures text-lg font-semibold">{t('title', { number: number ?? '' })}</h2>
        <InvoiceState row={invoice} />
        {actions && <div className="flex flex-wrap gap-2 sm:ms-auto">{actions}</div>}
      </div>
      {pay && <div className="mb-6">{pay}</div>}
      {voidReason && (
        <div className="mb-4">
          <Notice tone="info">{t('voidReason', { reason: voidReason })}</Notice>
        </div>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[2fr_1fr]">
        <Card padding="none" className="max-lg:order-2" headingLevel={3} title={t('lines')}>
          <BillLines lines={lines} currency={currency} page={page} href={href} />
        </Card>
        <div className="grid gap-6 sm:max-lg:grid-cols-2">
          <Card
            headingLevel={3}
            title={t('of', { day: words.day(issuedOn) })}
            description={
              <>
                {t('due', { day: words.day(dueOn) })}
                {from && until && (
                  <span suppressHydrationWarning className="block">
                    {t('period', { days: words.days(from, until) })}
                  </span>
                )}
              </>
            }
          >
            <Amounts invoice={invoice} />
            {taxNote === 'reverse_charge' && (
              <p className="mt-3 text-xs text-muted">{t('reverse_charge')}</p>
            )}
          </Card>
          <Payments invoice={invoice} />
        </div>
      </div>
    </>
  )
}

function Amounts({ invoice }: { invoice: InvoiceView }) {
  const t = useTranslations('billing.invoice')
  const taxed = useTranslations('billing.upcoming')
  const { lines, net, total, open, currency, taxName } = invoice
  const taxes = taxesOf(lines)

  return (
    <div className="grid gap-3">
      <Sums
        currency={currency}
        rows={[
          { label: t('net'), amount: net },
          ...taxes.map(({ rate, tax }) => ({
            label: taxed('tax', { name: taxName, rate: Number(rate) }),
            amount: tax,
          })),
          { label: t('total'), amount: total, strong: true },
          ...(money(open) > zero ? [{ label: t('open'), amount: open, strong: true }] : []),
        ]}
      />
      {taxes.length > 1 && <TaxTable invoice={invoice} />}
    </div>
  )
}

/** Where an invoice has several rates: what each of them is of. */
function TaxTable({ invoice: { lines, currency, taxName } }: Pick<Props, 'invoice'>) {
  const t = useTranslations('billing.invoice')
  const taxed = useTranslations('billing.upcoming')

  return (
    <table className="w-full text-[0.8125rem]">
      <thead>
        <tr className="text-muted">
          <th scope="col" className="text-start font-medium">
            {t('taxColumns.rate')}
          </th>
          <th scope="col" className="text-end font-medium">
            {t('taxColumns.base')}
          </th>
          <th scope="col" className="text-end font-medium">
            {t('taxColumns.tax')}
          </th>
        </tr>
      </thead>
      <tbody>
        {taxesOf(lines).map(({ rate, base, tax }) => (
          <tr key={rate}>
            <td>{taxed('tax', { name: taxName, rate: Number(rate) })}</td>
            <td className="text-end">
              <Money amount={base} currency={currency} />
            </td>
            <td className="text-end">
              <Money amount={tax} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Payments({ invoice: { payments, paid, currency } }: Pick<Props, 'invoice'>) {
  const t = useTranslations('billing.invoice')
  const words = useBillWords()

  return (
    <Card headingLevel={3} title={t('payments')}>
      {payments.length > 0 ? (
        <ul className="grid gap-2 text-sm">
          {payments.map(({ day, amount, payment, writtenOff }, i) => (
            <li key={`${payment} ${i}`} className="flex justify-between gap-4">
              <span className="text-muted">
                {t(writtenOff ? 'writtenOff' : money(amount) < zero ? 'refund' : 'payment', {
                  day: words.day(day),
                })}
              </span>
              <Money amount={amount} currency={currency} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">
          {t(money(paid) > zero ? 'noPaymentsPaid' : 'noPayments')}
        </p>
      )}
    </Card>
  )
}
