import { useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Money, useMoney } from '#components/ui/money.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import type { InvoiceList } from '#server/billing/schema.ts'
import { money, zero } from '#server/kernel/money.ts'
import { type BillPlaces, myBillPlaces } from './bill-places.ts'
import { useBillWords } from './words.ts'

type Props = Readonly<{
  /** Of the open ones. */
  invoices: InvoiceList
  balance: string
  at?: BillPlaces
}>

/** What is to be paid now, since when, and by when; or what is in one's favour. */
export function OpenNow({ invoices, balance, at = myBillPlaces }: Props) {
  const t = useTranslations('billing')
  const words = useBillWords()
  const amount = useMoney()
  const { open, overdue, openSince, dueFirst, late, currency } = invoices
  const isOpen = money(open) > zero
  const credit = money(balance) < zero

  return (
    <Card
      title={t('open.title')}
      footer={isOpen && <TextLink href={`${at.invoices}?state=open`}>{t('open.see')}</TextLink>}
    >
      <div className="grid gap-2 text-sm">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <Money
            amount={isOpen ? open : credit ? balance.slice(1) : '0'}
            currency={currency}
            className="text-2xl/8 font-semibold tracking-tight"
          />
          {late > 0 && <StatusChip tone="danger">{t('invoices.late', { days: late })}</StatusChip>}
          {!isOpen && credit && <span className="text-muted">{t('open.favour')}</span>}
        </p>
        {isOpen && openSince && dueFirst ? (
          <p className="text-muted">
            {late > 0
              ? t('open.sinceLate', { day: words.day(openSince) })
              : t('open.since', { day: words.day(openSince), due: words.day(dueFirst) })}
          </p>
        ) : (
          <p className="text-muted">{credit ? t('open.favourText') : t('open.none')}</p>
        )}
        {late > 0 && dueFirst && (
          <p className="text-danger-text">
            {t('open.overdue', { amount: amount(overdue, currency), day: words.day(dueFirst) })}
          </p>
        )}
      </div>
    </Card>
  )
}
