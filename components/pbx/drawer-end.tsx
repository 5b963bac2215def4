'use client'

import { useTranslations } from 'next-intl'
import { PriceDetail } from '#components/form/price-detail.tsx'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { PhoneNumber } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useTerms } from '#components/ui/terms.ts'
import { recurringOf } from '#server/catalog/schema.recurring.ts'
import { money, zero } from '#server/kernel/money.ts'
import type { TabProps } from './extension-drawer.tsx'
import { useEnds } from './use-ends.ts'

/** The end of an extension: what it frees and saves stands there before the button is pressed. */
export function DrawerEnd({ line, places, locked, onEnded }: TabProps) {
  const t = useTranslations('pbx.ends')
  const terms = useTerms()
  const sentence = useRefusal()
  const attempt = useAttemptKey()
  const { end } = useEnds({ onEnded: ([ended]) => ended && onEnded(ended) })

  const owned = [line.productId, ...line.addons.map(({ product }) => product)]
  const paid = places.filter((place) => owned.includes(place.product))
  const fees = paid.map((place) => ({ ...place.terms, periodicFee: money(place.periodic) }))
  const refusal = sentence(end.error)

  return (
    <section aria-labelledby="end-extension" className="grid gap-3 border-t border-separator pt-6">
      <h3 id="end-extension" className="font-semibold">
        {t('one', { extension: line.extension })}
      </h3>
      <ul className="list-disc ps-5 text-sm text-muted">
        {[line.product, ...line.addons.map(({ name }) => name)].map((product) => (
          <li key={product}>{t('freesPlace', { product })}</li>
        ))}
        {line.numbers.map((number) => (
          <li key={number}>
            {t.rich('freesNumber', { number: () => <PhoneNumber number={number} /> })}
          </li>
        ))}
        {paid[0] && fees.some(({ periodicFee }) => periodicFee > zero) && (
          <li>
            {t('saves', { amount: terms.prices(recurringOf(fees), paid[0].currency) })}
            <PriceDetail change={{ remove: [{ accounts: [line.account], product: null }] }} />
          </li>
        )}
        <li>{t('historyStays')}</li>
      </ul>
      {refusal && (
        <Notice tone="danger" announce>
          {refusal}
        </Notice>
      )}
      <div>
        <ActionButton
          variant="danger-soft"
          disabledReason={locked}
          loading={end.isPending}
          onClick={() =>
            end.mutate({ accounts: [line.account], key: attempt.keyFor(line.account) })
          }
        >
          {t('one', { extension: line.extension })}
        </ActionButton>
      </div>
    </section>
  )
}
