import { useTranslations } from 'next-intl'
import { StatusChip } from '#components/ui/status-chip.tsx'
import type { CustomerRow } from '#server/customers/schema.ts'

const tones = { active: 'success', suspended: 'danger', closed: 'neutral' } as const

export function CustomerStatus({ status }: Pick<CustomerRow, 'status'>) {
  const t = useTranslations('admin.customers.statuses')
  return <StatusChip tone={tones[status]}>{t(status)}</StatusChip>
}
