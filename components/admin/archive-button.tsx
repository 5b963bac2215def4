'use client'

import { useMutation } from '@tanstack/react-query'
import { Archive, RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { notify } from '#components/ui/toast.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ product: number; name: string; archived: boolean }>

/** Off sale, and back: done at once, for it can be undone at any time. */
export function ArchiveButton({ product, name, archived }: Props) {
  const t = useTranslations('admin.product')
  const trpc = useTRPC()
  const changed = useChanged()
  const sentence = useRefusal()
  const archive = useMutation(
    trpc.catalog.archiveProduct.mutationOptions({
      // Twice is the same as once.
      trpc: { context: idempotent.context },
      onSuccess: (_, { archived: is }) =>
        changed({
          title: t(is ? 'archivedToast' : 'soldAgain', { name }),
          ...(is && { undo: () => archive.mutate({ product, archived: false }) }),
        }),
      onError: (error) => {
        void notify({ tone: 'danger', title: sentence(error) ?? '' })
      },
    }),
  )

  return (
    <Button
      loading={archive.isPending}
      onClick={() => archive.mutate({ product, archived: !archived })}
    >
      {archived ? <RotateCcw aria-hidden /> : <Archive aria-hidden />}
      {t(archived ? 'sellAgain' : 'archive')}
    </Button>
  )
}
