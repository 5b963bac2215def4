'use client'

import { useMutation } from '@tanstack/react-query'
import { Ban, FileDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { ActionButton } from '#components/ui/action-button.tsx'
import { buttonClass } from '#components/ui/button-style.ts'
import { useMoney } from '#components/ui/money.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import type { InvoiceView } from '#server/billing/schema.ts'
import { invoiceFiles } from '#server/kernel/routes.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { useChanged } from './use-changed.ts'

/** An invoice as a file, and taken back. */
export function InvoiceActions({ invoice: of }: { invoice: InvoiceView }) {
  const t = useTranslations('admin.money')
  const trpc = useTRPC()
  const amount = useMoney()
  const changed = useChanged()
  const whyNot = useWhyNotMine()
  const [voiding, setVoiding] = useState(false)
  const number = of.number ?? ''
  const isClosed = of.state === 'paid' || of.state === 'void'
  const take = useMutation(
    trpc.billing.void.mutationOptions({
      onSuccess: () => {
        changed({ title: t('void.done', { number }) })
        setVoiding(false)
      },
    }),
  )

  return (
    <>
      <a href={invoiceFiles.one(of.invoice)} download className={buttonClass({})}>
        <FileDown aria-hidden />
        {t('pdf')}
      </a>
      <ActionButton
        disabledReason={isClosed ? t('void.closed', { number }) : whyNot('billing:write_any')}
        onClick={() => setVoiding(true)}
      >
        <Ban aria-hidden />
        {t('void.button')}
      </ActionButton>
      <ReasonDialog
        isOpen={voiding}
        onClose={() => setVoiding(false)}
        title={t('void.title', { number })}
        text={t('void.text', { total: amount(of.total, of.currency) })}
        reasonLabel={t('reason')}
        reasonHint={t('void.reasonHint')}
        submitLabel={t('void.submit')}
        onSubmit={(reason) => take.mutate({ invoice: of.invoice, reason })}
        loading={take.isPending}
        submitError={take.error}
      />
    </>
  )
}
