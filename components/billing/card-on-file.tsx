'use client'

import { useMutation } from '@tanstack/react-query'
import { CreditCard, Lock } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useEarlyBox } from '#components/form/use-early-box.ts'
import { brandName } from '#components/payment/brand-name.ts'
import type { CardAnswer, CardFieldsHandle } from '#components/payment/card-answer.ts'
import { CardFields } from '#components/payment/card-fields.tsx'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { CardPage, CardView } from '#server/billing/schema.card.ts'
import { PayingNotice } from './paying-notice.tsx'
import { usePaying } from './use-paying.ts'

/** The card on file, whether invoices are paid from it by themselves, and another one in its place. */
export function CardOnFile({ page }: { page: CardPage }) {
  const t = useTranslations('billing.card')
  const notMine = useWhyNotMine()('billing:write')
  const [replacing, setReplacing] = useState(false)
  const { card } = page

  return (
    <div className="grid max-w-2xl gap-6">
      <Card
        title={t('title')}
        description={t('text')}
        footer={<AutoPay on={page.autoPay} notMine={notMine} />}
      >
        <div className="flex flex-wrap items-center gap-3">
          <CreditCard aria-hidden className="size-5 flex-none text-muted" />
          <div className="me-auto">{card ? <OnFile card={card} /> : t('none')}</div>
          {!replacing && (
            <ActionButton disabledReason={notMine} onClick={() => setReplacing(true)}>
              {t(card ? 'replace' : 'add')}
            </ActionButton>
          )}
        </div>
      </Card>
      {replacing && <NewCard page={page} onClose={() => setReplacing(false)} />}
    </div>
  )
}

function OnFile({ card: { brand, last4, expMonth, expYear, expiry } }: { card: CardView }) {
  const t = useTranslations('billing.card')
  const locale = useLocale()
  const month = new Intl.DateTimeFormat(locale, {
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.UTC(expYear, expMonth - 1))

  return (
    <>
      <p className="font-medium">
        {t('ending', { brand: brandName(brand) ?? t('someCard'), last4 })}
      </p>
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        <span suppressHydrationWarning>{t('until', { month })}</span>
        {expiry !== 'fine' && (
          <StatusChip tone={expiry === 'expired' ? 'danger' : 'warning'}>
            {t(`expiry.${expiry}`)}
          </StatusChip>
        )}
      </p>
    </>
  )
}

type AutoPayProps = Readonly<{ on: boolean; notMine: string | undefined }>

function AutoPay({ on, notMine }: AutoPayProps) {
  const t = useTranslations('billing.card')
  const trpc = useTRPC()
  const router = useRouter()
  const sentence = useRefusal()
  const change = useMutation(
    trpc.billing.setAutoPay.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: () => router.refresh(),
      onError: (error: unknown) =>
        void notify({ tone: 'danger', title: sentence(error) ?? t('notChanged') }),
    }),
  )
  const shown = change.isPending || change.isSuccess ? change.variables.on : on
  const box = useEarlyBox(on, (checked) => change.mutate({ on: checked }))

  return (
    <label className="flex items-start gap-3 text-sm">
      <input
        ref={box}
        autoComplete="off"
        type="checkbox"
        className="tick mt-0.5"
        checked={shown}
        disabled={notMine !== undefined || change.isPending}
        onChange={(event) => change.mutate({ on: event.target.checked })}
      />
      <span>
        <span className="font-medium">{t('autoPay')}</span>
        <span className="block text-muted">{notMine ?? t(shown ? 'autoOn' : 'autoOff')}</span>
      </span>
    </label>
  )
}

function NewCard({ page, onClose }: { page: CardPage; onClose: () => void }) {
  const t = useTranslations('billing.card')
  const common = useTranslations('common')
  const fields = useRef<CardFieldsHandle>(null)
  const attempt = useAttemptKey()
  const [asking, setAsking] = useState(false)
  const [answer, setAnswer] = useState<CardAnswer['kind']>()
  const paying = usePaying(() => {
    notify({ tone: 'success', title: t('saved'), description: t('savedText') })
    onClose()
  })

  async function save() {
    if (asking || paying.busy) return
    setAsking(true)
    const given = (await fields.current?.tokenize()) ?? ({ kind: 'unreached' } as const)
    setAsking(false)
    setAnswer(given.kind)
    if (given.kind !== 'token') return
    const { token } = given
    paying.start((billing) =>
      billing.replaceCard.mutate({ token, key: attempt.keyFor({ token }) }, idempotent),
    )
  }

  return (
    <Card title={t('newTitle')} description={t('newText')}>
      <div className="grid gap-4">
        <CardFields place={page.place} handle={fields} onEnter={() => void save()} />
        {answer === 'unreached' && (
          <Notice tone="danger" announce>
            {t('unreached')}
          </Notice>
        )}
        <PayingNotice paying={paying} place={page.place} />
        <p className="flex items-start gap-2 text-sm text-muted">
          <Lock aria-hidden className="mt-1 size-3.5 flex-none" />
          {t('safe')}
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" loading={asking || paying.busy} onClick={() => void save()}>
            {t('save')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
