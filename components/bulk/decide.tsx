'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { formatDay } from '#components/ui/format.ts'
import { useMoney } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotAdd } from '#components/ui/rights.tsx'
import type { ApplyMode, BatchView, Headroom, Price } from '#server/bulk/schema.ts'

/** Room, price, and the one decision; what can't be chosen says why. */
export function Decide({ batch }: { batch: BatchView }) {
  const t = useTranslations('bulk.decide')
  const trpc = useTRPC()
  const client = useQueryClient()
  const refusal = useRefusal()
  const { counts, headroom, price, overPrice } = batch.report
  const [chosen, setChosen] = useState<ApplyMode>('all')
  const start = useMutation(
    trpc.bulk.start.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess: (answer) =>
        client.setQueryData(trpc.bulk.batch.queryFilter({ id: batch.id }).queryKey, answer),
    }),
  )
  const offered = modesOf(batch)
  const mode = offered.includes(chosen) ? chosen : 'all'
  const sentence = refusal(start.error)

  const notNow = useWhyNotAdd()('bulk:write')
  const whyNot = (): string | undefined => {
    if (notNow) return notNow
    if (mode === 'order') return undefined
    if (counts.good === 0 && counts.faulty + counts.over === 0) return t('nothingNew')
    if (mode === 'good') return counts.good === 0 ? t('noneGood') : undefined
    if (counts.faulty > 0) return t('mendFirst', { count: counts.faulty })
    return counts.over > 0 ? t('noRoom', { count: counts.over }) : undefined
  }

  return (
    <Card title={t('title')}>
      <div className="grid gap-5">
        <Room headroom={headroom} />
        <Costs price={price} />
        {mode === 'order' && <Costs price={overPrice} approved />}
        {offered.length > 1 && (
          <fieldset className="grid gap-2">
            <legend className="label mb-1.5">{t('how')}</legend>
            {offered.map((each) => (
              <label key={each} className="flex items-start gap-2.5 text-sm">
                <input
                  type="radio"
                  name="mode"
                  value={each}
                  checked={mode === each}
                  onChange={() => setChosen(each)}
                  className="tick mt-0.5"
                />
                <span>
                  <span className="font-medium">{t(`modes.${each}`)}</span>
                  <span className="block text-muted">
                    {t(`modesText.${each}`, { good: counts.good, over: counts.over })}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {sentence && (
          <Notice tone="danger" announce>
            {sentence}
          </Notice>
        )}
        <ActionButton
          variant="primary"
          fullWidth
          loading={start.isPending}
          disabledReason={whyNot()}
          onClick={() => start.mutate({ id: batch.id, mode })}
        >
          {mode === 'order'
            ? t('submitOrder', { good: counts.good, over: counts.over })
            : t('submit', { count: counts.good })}
        </ActionButton>
      </div>
    </Card>
  )
}

const modesOf = ({ report: { counts } }: BatchView): ApplyMode[] => [
  'all',
  ...(counts.good > 0 && counts.faulty + counts.over > 0 ? (['good'] as const) : []),
  ...(counts.over > 0 ? (['order'] as const) : []),
]

function Room({ headroom }: { headroom: readonly Headroom[] }) {
  const t = useTranslations('bulk.decide')
  if (headroom.length === 0) return null
  return (
    <ul className="grid gap-2 text-sm">
      {headroom.map(({ product, name, used, quantity, asked, over }) => (
        <li key={product}>
          <span className="font-medium">{name}</span>
          <span className="figures block text-muted">
            {quantity === null
              ? t('unlimited', { asked, used })
              : t('limited', { asked, used, quantity })}
          </span>
          {over > 0 && <span className="block text-warning-text">{t('beyond', { over })}</span>}
        </li>
      ))}
    </ul>
  )
}

/** To the cent, tax not included. */
function Costs({ price, approved = false }: { price: Price; approved?: boolean }) {
  const t = useTranslations('bulk.price')
  const tPrice = useTranslations('price')
  const locale = useLocale()
  const money = useMoney()
  const lines = [
    ['now', price.now],
    ['monthly', price.monthly],
    ['nextInvoice', price.nextInvoice],
  ] as const
  return (
    <div className="rounded-[0.5rem] bg-default px-4 py-3 text-sm">
      {approved && <p className="mb-1 font-medium">{t('onceApproved')}</p>}
      <dl className="grid gap-1">
        {lines.map(([line, amount]) => (
          <div key={line} className="flex justify-between gap-4">
            <dt className="text-muted">
              {line === 'nextInvoice' && price.invoiceOn
                ? t('nextInvoiceOn', { day: formatDay(locale, price.invoiceOn) })
                : t(line)}
            </dt>
            <dd className="figures font-medium">{money(amount, price.currency)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-xs text-muted">
        {price.average ? `${tPrice('average')} ` : ''}
        {t('noTax')}
      </p>
    </div>
  )
}
