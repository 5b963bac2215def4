import { useTranslations } from 'next-intl'
import type { AccountStatus } from '#server/accounts/schema.ts'
import { StatusChip, type Tone } from './status-chip.tsx'

const tones = {
  active: 'success',
  inactive: 'warning',
  blocked: 'danger',
  terminated: 'neutral',
} as const satisfies Record<AccountStatus, Tone>

type Props = Readonly<{ status: AccountStatus; blockedBy?: 'customer' | 'admin' | null }>

/** The state an account is in; when blocked, by whom. */
export function AccountStatusChip({ status, blockedBy }: Props) {
  const t = useTranslations('common.accountStatus')
  const word =
    status === 'blocked' && blockedBy
      ? t(blockedBy === 'admin' ? 'blockedByAdmin' : 'blockedByCustomer')
      : t(status)
  return <StatusChip tone={tones[status]}>{word}</StatusChip>
}
