import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button-style.ts'
import { invoiceFiles } from '#server/kernel/routes.ts'

/** The invoice as a finance department wants it. */
export function InvoicePdf({ invoice }: { invoice: number }) {
  const t = useTranslations('billing.invoice')
  return (
    <a className={buttonClass({ size: 'sm' })} href={invoiceFiles.one(invoice)} download>
      <Download aria-hidden />
      {t('pdf')}
    </a>
  )
}
