import { useLocale, useTranslations } from 'next-intl'
import { formatDay, formatDays } from '#components/ui/format.ts'
import type { BillLineView, LedgerRow } from '#server/billing/schema.ts'
import { civilDate, daysIn } from '#server/kernel/civil.ts'

type Said = Pick<BillLineView, 'rule' | 'description' | 'from' | 'until'> & Pick<LedgerRow, 'kind'>

/** Lines of bills and of the statement, as sentences; the same line is said the same everywhere. */
export function useBillWords() {
  const t = useTranslations('billing')
  const locale = useLocale()

  return {
    day: (day: string) => formatDay(locale, day),
    /** "Nov 1 – 30, 2026". */
    days: (from: string, until: string) => formatDays(locale, from, until),
    what({ kind, rule, description: what, from, until }: Said): string {
      if (rule === 'payment.credited') return t('lines.paymentKept')
      if (kind === 'write_off' && rule === 'invoice.void') return t('lines.writeOffVoid', { what })
      if (rule === 'discount.given') return what
      const days = from && until ? daysIn({ from: civilDate(from), until: civilDate(until) }) : 0
      return t(`lines.${kind}`, { what, days })
    },
    /** "Cloud PBX, line 4665 John Doe". */
    withLine: (what: string, line: string | null, name: string | null) =>
      line ? t('line', { what, line, name: name ?? '' }).trim() : what,
  }
}
