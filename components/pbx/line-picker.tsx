'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SearchPicker } from '#components/form/search-picker.tsx'
import { useTRPC } from '#components/trpc/client.tsx'
import type { Target } from '#server/pbx/schema.menus.ts'

type Props = Readonly<{
  label: string
  /** Not offered: there already. */
  except?: readonly number[]
  onPick: (target: Target) => void
}>

/** Finds one of my extensions by number, name or account id. */
export function LinePicker({ label, except = [], onPick }: Props) {
  const t = useTranslations('pbx.linePicker')
  const trpc = useTRPC()
  const [search, setSearch] = useState('')
  const { data, isFetching } = useQuery(
    trpc.pbx.targets.queryOptions(
      { search, kind: 'extension' },
      { placeholderData: keepPreviousData },
    ),
  )
  const found = (data ?? []).filter((target) => !except.includes(target.account))

  return (
    <SearchPicker
      label={label}
      placeholder={t('hint')}
      choices={found.map(({ account, extension, name, accountId }) => ({
        id: account,
        label: [extension, name].filter(Boolean).join(' · '),
        detail: accountId,
      }))}
      loading={isFetching}
      onSearch={setSearch}
      onPick={(id) => {
        const target = found.find((one) => one.account === id)
        if (target) onPick(target)
      }}
    />
  )
}
