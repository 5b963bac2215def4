'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { notify } from '#components/ui/toast.tsx'

type Told = Readonly<{
  title: string
  description?: string
  tone?: 'success' | 'warning'
  undo?: () => void
}>

/** After a change: it is said, and the list is asked for again. */
export function useSaid(): (told: Told) => void {
  const undoLabel = useTranslations('common')('undo')
  const router = useRouter()

  return ({ title, description, tone = 'success', undo }) => {
    void notify({
      tone,
      title,
      description,
      ...(undo && { action: { label: undoLabel, onPress: undo } }),
    })
    router.refresh()
  }
}
