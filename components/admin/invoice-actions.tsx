'use client'

import { useMutation } from '@tanstack/react-query'
import { Ban, Eraser, FileDown } from 'lucide-react'
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

/** An invoice as a file, taken back, or what is open of it forgiven. */
export function InvoiceActions({ invoice: of }: { invoice: InvoiceView }) {
  const t = useTranslations('admin.money')
  const trpc = useTRPC()
  const amount = useMoney()
  const changed = useChanged()
  const whyNot = useWhyNotMine()
  const [doing, setDoing] = useState<'void' | 'writeOff'>()
  const number = of.number ?? ''
  const isClosed = of.state === 'paid' || of.state === 'void'
  const take = useMutation(
    trpc.billing.void.mutationOptions({
      onSuccess: () => {
        changed({ title: t('void.done', { number }) })
        setDoing(undefined)
      },
    }),
  )
  const forgive = useMutation(
    trpc.billing.writeOff.mutationOptions({
      onSuccess: () => {
        changed({ title: t('writeOff.done', { number }) })
        setDoing(undefined)
      },
    }),
  )
  const close = () => setDoing(undefined)
  const disabledReason = isClosed ? t('void.closed', { number }) : whyNot('billing:write_any')

  return (
    <>
      <a href={invoiceFiles.one(of.invoice)} download className={buttonClass({})}>
        <FileDown aria-hidden />
        {t('pdf')}
      </a>
      <ActionButton disabledReason={disabledReason} onClick={() => setDoing('writeOff')}>
        <Eraser aria-hidden />
        {t('writeOff.button')}
      </ActionButton>
      <ActionButton disabledReason={disabledReason} onClick={() => setDoing('void')}>
        <Ban aria-hidden />
        {t('void.button')}
      </ActionButton>
      <ReasonDialog
        isOpen={doing === 'writeOff'}
        onClose={close}
        title={t('writeOff.title', { number })}
        text={t('writeOff.text', { open: amount(of.open, of.currency) })}
        reasonLabel={t('reason')}
        reasonHint={t('reasonHint')}
        submitLabel={t('writeOff.submit')}
        onSubmit={(reason) => forgive.mutate({ invoice: of.invoice, reason })}
        loading={forgive.isPending}
        submitError={forgive.error}
      />
      <ReasonDialog
        isOpen={doing === 'void'}
        onClose={close}
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
