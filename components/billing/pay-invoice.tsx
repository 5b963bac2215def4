'use client'

import { useTranslations } from 'next-intl'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { brandName } from '#components/payment/brand-name.ts'
import { idempotent } from '#components/trpc/retry-link.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { TextLink } from '#components/ui/button.tsx'
import { useMoney } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { CardPage } from '#server/billing/schema.card.ts'
import type { InvoiceView } from '#server/billing/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { PayingNotice } from './paying-notice.tsx'
import { usePaying } from './use-paying.ts'

const isSome = (amount: string) => /[1-9]/.test(amount)

type Props = Readonly<{
  invoice: Pick<InvoiceView, 'invoice' | 'number' | 'payable' | 'along' | 'currency' | 'waits'>
  page: CardPage
}>

/** Pays what is open of an invoice with the card on file, whose digits stand beside the button. */
export function PayInvoice({ invoice: of, page }: Props) {
  const { invoice, number, payable, along, currency, waits } = of
  const t = useTranslations('billing.paying')
  const money = useMoney()
  const notMine = useWhyNotMine()('billing:write')
  const attempt = useAttemptKey()
  const { card, place } = page
  const paying = usePaying(
    () => void notify({ tone: 'success', title: t('paid', { number: number ?? '' }) }),
  )
  // Of a payment that came to nothing the next press is another one.
  const tries = paying.view && paying.view.state !== 'done' ? paying.view.payment : 0

  return (
    <div className="grid gap-3">
      <PayingNotice paying={paying} place={place} />
      {waits && !paying.error && !paying.view && (
        <Notice tone="info" title={t('waits.title')}>
          {t('waits.text')}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ActionButton
          variant="primary"
          disabledReason={notMine ?? (card ? undefined : t('noCard'))}
          loading={paying.busy}
          onClick={() =>
            paying.start((billing) =>
              billing.pay.mutate({ invoice, key: attempt.keyFor({ invoice, tries }) }, idempotent),
            )
          }
        >
          {t('pay', { amount: money(payable, currency) })}
        </ActionButton>
        <p className="text-sm text-muted">
          {isSome(along) && `${t('along', { amount: money(along, currency) })} `}
          {card && t('with', { brand: brandName(card.brand) ?? t('someCard'), last4: card.last4 })}{' '}
          <TextLink href={paths.card()}>{t(card ? 'otherCard' : 'addCard')}</TextLink>
        </p>
      </div>
    </div>
  )
}
