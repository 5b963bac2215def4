'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { NumberChoice } from '#server/signup/schema.ts'
import { NumberGrid } from './number-grid.tsx'
import { NumberSearch, patternOf, type Search } from './number-search.tsx'
import { useSite } from './site-context.tsx'

/** Long enough that the numbers on the screen don't move about while one is being chosen. */
const steadyMs = 5 * 60_000

type Props = Readonly<{
  /** The number kept, which is no longer among the free ones. */
  held: string | undefined
  /** Numbers that turned out to be somebody else's. */
  gone: readonly string[]
  onChoose: (choice: NumberChoice) => void
  choosing: string | undefined
}>

/** Free numbers: by city, by what they end in, others at a press. */
export function NumberPicker({ held, gone, onChoose, choosing }: Props) {
  const t = useTranslations('signup.numbers')
  const { site } = useSite()
  const trpc = useTRPC()
  const refusal = useRefusal()
  const [search, setSearch] = useState<Search>({ place: 'ends', digits: '' })
  const [page, setPage] = useState(0)

  const found = useQuery(
    trpc.signup.findNumbers.queryOptions(
      { site: site.site, city: search.city, pattern: patternOf(search), page },
      { placeholderData: keepPreviousData, staleTime: steadyMs, refetchOnWindowFocus: false },
    ),
  )
  const numbers = (found.data?.numbers ?? []).filter(({ number }) => !gone.includes(number))
  const others = found.data?.more || page > 0

  return (
    <div className="grid gap-4">
      <NumberSearch
        search={search}
        cities={found.data?.cities ?? []}
        onSearch={(next) => {
          setSearch(next)
          setPage(0)
        }}
      />
      {found.error && (
        <Notice tone="danger" announce>
          {refusal(found.error)}
        </Notice>
      )}
      <NumberGrid
        numbers={numbers}
        held={held}
        busy={found.isPlaceholderData || found.isPending}
        choosing={choosing}
        onChoose={onChoose}
      />
      {others && (
        <Button
          size="sm"
          className="justify-self-start"
          loading={found.isFetching}
          onClick={() => setPage(found.data?.more ? page + 1 : 0)}
        >
          <RefreshCw aria-hidden className="size-4" />
          {t('others')}
        </Button>
      )}
    </div>
  )
}
