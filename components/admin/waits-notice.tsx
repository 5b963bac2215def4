import { useTranslations } from 'next-intl'
import { Notice } from '#components/ui/notice.tsx'

/** Why an invoice stays open, and what an administrator can do about it. */
export function WaitsNotice() {
  const t = useTranslations('billing.invoice.waits')
  return (
    <Notice tone="info" title={t('title')}>
      {t('text')}
    </Notice>
  )
}
