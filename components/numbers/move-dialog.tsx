'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SearchPicker } from '#components/form/search-picker.tsx'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import type { PlacedNumber } from '#server/numbers/schema.places.ts'
import type { Target } from '#server/pbx/schema.menus.ts'
import { useReachedName } from './reached.ts'
import { useMoveNumber } from './use-move-number.ts'

type Props = Readonly<{ number: PlacedNumber; isOpen: boolean; onClose: () => void }>

/** Whom a number shall reach from now on. */
export function MoveDialog({ number, isOpen, onClose }: Props) {
  const t = useTranslations('numbers.move')
  const common = useTranslations('common')
  const refusal = useRefusal()
  const nameOf = useReachedName()
  const moving = useMoveNumber()
  const [target, setTarget] = useState<Target>()
  const now = number.reaches
  const sentence = refusal(moving.error)

  const close = () => {
    moving.forget()
    setTarget(undefined)
    onClose()
  }
  const confirm = async () => {
    if (!target) return
    const { account } = target
    if (await moving.move(number, { account, words: nameOf(target) })) close()
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      size="sm"
      title={t('title', { number: formatPhone(number.number) })}
      footer={
        <>
          <Button onClick={close}>{common('cancel')}</Button>
          <ActionButton
            variant="primary"
            loading={moving.loading}
            disabledReason={target ? undefined : t('chooseFirst')}
            onClick={confirm}
          >
            {t('submit')}
          </ActionButton>
        </>
      }
    >
      <div className="grid gap-4 pb-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-muted">{now ? nameOf(now) : t('nobody')}</span>
          <ArrowRight aria-hidden className="size-4 flex-none text-muted rtl:-scale-x-100" />
          <strong className="font-medium">{target ? nameOf(target) : t('whom')}</strong>
        </p>
        <TargetPicker except={now?.account} onPick={setTarget} />
        <p className="text-muted">{t('explain')}</p>
        {sentence && (
          <Notice tone="danger" announce>
            {sentence}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}

function TargetPicker({
  except,
  onPick,
}: {
  except: number | undefined
  onPick: (target: Target) => void
}) {
  const t = useTranslations('numbers.move')
  const trpc = useTRPC()
  const nameOf = useReachedName()
  const [search, setSearch] = useState('')
  const { data, isFetching } = useQuery(
    trpc.pbx.targets.queryOptions({ search }, { placeholderData: keepPreviousData }),
  )
  const found = (data ?? []).filter((target) => target.account !== except)

  return (
    <SearchPicker
      label={t('search')}
      placeholder={t('searchHint')}
      choices={found.map((target) => ({
        id: target.account,
        label: nameOf(target),
        detail: target.accountId,
      }))}
      loading={isFetching}
      onSearch={setSearch}
      onPick={(id) => {
        const target = found.find((one) => one.account === id)
        if (target) onPick(target)
      }}
      autoFocus
    />
  )
}
