'use client'

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SearchPicker } from '#components/form/search-picker.tsx'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { IconButton } from '#components/ui/action-button.tsx'
import { TextLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { PhoneNumber } from '#components/ui/money.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import { whyNot } from '#server/accounts/schema.moves.ts'
import { paths } from '#server/kernel/routes.ts'
import type { AttendantView } from '#server/pbx/schema.menus.ts'
import { useWhyNot } from './why-not.ts'

/** The numbers callers reach it by; one more of my free ones, or one of them back. */
export function AttendantNumbers({ attendant }: { attendant: AttendantView }) {
  const t = useTranslations('pbx.attendants')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const router = useRouter()
  const refusal = useRefusal()
  const reason = useWhyNot()
  const notMine = useWhyNotMine()('numbers:write')
  const locked = notMine ?? reason(whyNot('edit', attendant, 'customer'))
  const [search, setSearch] = useState('')
  const free = useQuery(
    trpc.numbers.list.queryOptions({ search, only: 'free' }, { placeholderData: keepPreviousData }),
  )
  const move = useMutation(
    // Where a number is to be, not how it gets there: asking twice is asking once.
    trpc.accounts.moveNumbers.mutationOptions({
      trpc: { context: idempotent.context },
      onError: (error) => void notify({ tone: 'danger', title: refusal(error) ?? '' }),
      onSettled: () => Promise.all([router.refresh(), free.refetch()]),
    }),
  )
  const give = (number: string) => move.mutate({ numbers: [number], to: attendant.account })
  const takeBack = (number: string) =>
    move.mutate(
      { numbers: [number], to: null },
      {
        onSuccess: () =>
          void notify({
            tone: 'success',
            title: t('numberBack', { number: formatPhone(number) }),
            action: { label: common('undo'), onPress: () => give(number) },
          }),
      },
    )

  return (
    <Card
      title={t('itsNumbers')}
      footer={<TextLink href={paths.numbers()}>{t('toNumbers')}</TextLink>}
    >
      <div className="grid gap-3 text-sm">
        {attendant.numbers.length === 0 && <p className="text-muted">{t('noNumbers')}</p>}
        <ul className="grid gap-1 empty:hidden">
          {attendant.numbers.map((number) => (
            <li key={number} className="flex items-center justify-between gap-2">
              <PhoneNumber number={number} />
              {!locked && (
                <IconButton
                  size="sm"
                  label={t('takeBack', { number: formatPhone(number) })}
                  onClick={() => takeBack(number)}
                >
                  <X aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
        {locked ? (
          <p className="text-muted">{locked}</p>
        ) : (
          <SearchPicker
            label={t('addNumber')}
            placeholder={t('addNumber')}
            choices={(free.data?.rows ?? []).map(({ number, city }) => ({
              id: Number(number),
              label: formatPhone(number),
              detail: city,
            }))}
            loading={free.isFetching}
            onSearch={setSearch}
            onPick={(id) => give(String(id))}
          />
        )}
      </div>
    </Card>
  )
}
