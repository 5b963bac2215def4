'use client'

import { useTranslations } from 'next-intl'
import { PriceDetail } from '#components/form/price-detail.tsx'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import type { SelectedExtensions } from '#server/pbx/schema.ts'
import { useEnds } from './use-ends.ts'

type Props = Readonly<{
  /** What was selected, resolved; undefined while nothing is asked. */
  of: SelectedExtensions | undefined
  onClose: () => void
  onDone: () => void
}>

/** Many at once: how many end, how many stay and why, and what that frees. */
export function RemoveDialog({ of, onClose, onDone }: Props) {
  const t = useTranslations('pbx.ends')
  const { end } = useEnds({ onEnded: onDone })
  const count = of?.accounts.length ?? 0

  return (
    <ConfirmDialog
      isOpen={of !== undefined}
      onClose={onClose}
      title={t('title', { count })}
      confirmLabel={t('confirm', { count })}
      disabledReason={count === 0 ? t('none') : undefined}
      loading={end.isPending}
      submitError={end.error}
      onConfirm={() => of && end.mutate({ accounts: of.accounts, key: randomUuid() })}
    >
      <p>{t('text', { count })}</p>
      {of !== undefined && of.left > 0 && <p>{t('left', { left: of.left })}</p>}
      {of !== undefined && count > 0 && (
        <PriceDetail change={{ remove: [{ accounts: of.accounts, product: null }] }} />
      )}
      <p className="text-muted">{t('undoable')}</p>
    </ConfirmDialog>
  )
}
