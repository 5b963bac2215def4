'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { notify } from '#components/ui/toast.tsx'

type Told = Readonly<{ title: string; description?: string; undo?: () => void }>

/** After a change: it is said, and everything that shows it is asked for again. */
export function useChanged(): (told: Told) => void {
  const undoLabel = useTranslations('common')('undo')
  const queries = useQueryClient()
  const router = useRouter()

  return ({ title, description, undo }) => {
    void notify({
      tone: 'success',
      title,
      description,
      ...(undo && { action: { label: undoLabel, onPress: undo } }),
    })
    void queries.invalidateQueries()
    router.refresh()
  }
}
