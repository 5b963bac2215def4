'use client'

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useCatalogueCode, useRefusal } from '#components/trpc/use-refusal.ts'
import { Money } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { AskedDays, BlockPreview } from '#server/accounts/schema.blocks.ts'
import { useDays, useSaving } from './days.ts'
import { useBlockCalls } from './use-blocks.ts'

/** What a block would do, asked of the server with every day picked. */
export function useBlockPreview(
  accounts: readonly number[],
  { from, until }: AskedDays,
  customer: number | undefined,
) {
  const { preview } = useBlockCalls(customer)
  return useQuery({
    queryKey: ['block preview', customer, accounts, from, until],
    queryFn: () => preview({ accounts: [...accounts], from, until }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

type Props = Readonly<{ preview: UseQueryResult<BlockPreview>; left: number }>

/** Which days will be free, what that saves, and which lines stay as they are. */
export function BlockConsequences({ preview, left }: Props) {
  const t = useTranslations('blocks.dialog')
  const sentence = useRefusal()

  if (preview.isError) {
    return (
      <Notice tone="warning" announce>
        {sentence(preview.error)}
      </Notice>
    )
  }
  return (
    <section
      aria-live="polite"
      aria-label={t('consequences')}
      aria-busy={preview.isFetching}
      className="grid gap-3 rounded-[0.5rem] bg-surface-secondary px-4 py-3 text-sm"
    >
      {preview.data ? (
        <Said preview={preview.data} left={left} />
      ) : (
        <Skeleton className="h-16 w-full" />
      )}
    </section>
  )
}

function Said({ preview, left }: Readonly<{ preview: BlockPreview; left: number }>) {
  const t = useTranslations('blocks.dialog')
  const days = useDays()
  const saving = useSaving()
  const { months, currency, total } = preview

  return (
    <>
      <dl className="grid grid-cols-[minmax(5rem,auto)_1fr] items-baseline gap-x-4 gap-y-1.5">
        <dt className="text-muted">{t('free')}</dt>
        <dd className="font-medium">{days.range(preview.days)}</dd>
        <dt className="text-muted">{t('saves')}</dt>
        <dd className="font-medium">{saving(preview)}</dd>
        {total !== null && months.length > 1 && (
          <>
            <dt className="sr-only">{t('byMonth')}</dt>
            <dd className="col-start-2">
              <ul className="grid gap-0.5 text-muted">
                {months.map(({ month, days: count, amount }) => (
                  <li key={month} className="flex justify-between gap-4">
                    <span>{t('month', { month: days.month(month), count })}</span>
                    <Money amount={amount} currency={currency} />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      <p className="text-[0.8125rem]/5 text-muted">{t('rule')}</p>
      <Left preview={preview} left={left} />
    </>
  )
}

/** Those that stay as they are: some known before anybody asked, some only to the server. */
function Left({ preview, left }: Readonly<{ preview: BlockPreview; left: number }>) {
  const t = useTranslations('blocks.dialog')
  const say = useCatalogueCode('refusals')
  const [first] = preview.left
  if (left + preview.left.length === 0) return null

  return (
    <p className="text-[0.8125rem]/5">
      {t('left', { count: left + preview.left.length })}{' '}
      {first &&
        say(`accounts.${first.why}`, {
          accountId: first.accountId,
          others: preview.left.length - 1,
        })}
    </p>
  )
}
