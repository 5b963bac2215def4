import { useTranslations } from 'next-intl'
import { StatusChip, type Tone } from '#components/ui/status-chip.tsx'
import type { BatchState } from '#server/bulk/schema.ts'

const tones = {
  checked: 'neutral',
  applying: 'accent',
  applied: 'success',
  undoing: 'accent',
  undone: 'neutral',
  waiting: 'warning',
  rejected: 'danger',
  ordered: 'warning',
} as const satisfies Record<BatchState, Tone>

export function BatchStateChip({ state }: { state: BatchState }) {
  const t = useTranslations('bulk.states')
  return <StatusChip tone={tones[state]}>{t(state)}</StatusChip>
}
