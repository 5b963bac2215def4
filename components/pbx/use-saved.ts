'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { notify } from '#components/ui/toast.tsx'

/** After a change: it is said, and everything that shows it is asked for again. */
export function useSaved(): (title: string) => void {
  const queries = useQueryClient()
  const router = useRouter()
  return (title) => {
    void notify({ tone: 'success', title })
    void queries.invalidateQueries()
    router.refresh()
  }
}
