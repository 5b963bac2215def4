import { useTranslations } from 'next-intl'
import { StatusChip, type Tone } from '#components/ui/status-chip.tsx'
import type { InvoiceRow } from '#server/billing/schema.ts'

const tones = {
  draft: 'neutral',
  issued: 'accent',
  overdue: 'danger',
  paid: 'success',
  void: 'neutral',
} as const satisfies Record<InvoiceRow['state'], Tone>

/** How an invoice stands; late is what its day says, whether or not anybody was told yet. */
export function InvoiceState({
  row: { state, late, waits },
}: {
  row: Pick<InvoiceRow, 'state' | 'late' | 'waits'>
}) {
  const t = useTranslations('billing.invoices')
  if (late > 0) return <StatusChip tone="danger">{t('late', { days: late })}</StatusChip>
  if (waits) return <StatusChip tone="neutral">{t('waits')}</StatusChip>
  return <StatusChip tone={tones[state]}>{t(`states.${state}`)}</StatusChip>
}
