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

type Sold = Readonly<{ name: string; archived: boolean }>

// Twice is the same as once.
const repeatable = { trpc: { context: idempotent.context } }

/** Off sale, and back: done at once, for it can be undone at any time. */
export function ArchiveButton({ product, name, archived }: Sold & { product: number }) {
  const trpc = useTRPC()
  const said = useSaid(name)
  const archive = useMutation(
    trpc.catalog.archiveProduct.mutationOptions({
      ...repeatable,
      onSuccess: (_, { archived: is }) =>
        said.done(is, () => archive.mutate({ product, archived: false })),
      onError: said.failed,
    }),
  )
  return (
    <SellButton
      archived={archived}
      loading={archive.isPending}
      onPress={() => archive.mutate({ product, archived: !archived })}
    />
  )
}

/** The same, of a subscription that customers hold directly. */
export function ArchivePackageButton({
  subscription,
  name,
  archived,
}: Sold & { subscription: number }) {
  const trpc = useTRPC()
  const said = useSaid(name)
  const archive = useMutation(
    trpc.catalog.archivePackage.mutationOptions({
      ...repeatable,
      onSuccess: (_, { archived: is }) =>
        said.done(is, () => archive.mutate({ subscription, archived: false })),
      onError: said.failed,
    }),
  )
  return (
    <SellButton
      archived={archived}
      loading={archive.isPending}
      onPress={() => archive.mutate({ subscription, archived: !archived })}
    />
  )
}

function useSaid(name: string) {
  const t = useTranslations('admin.product')
  const changed = useChanged()
  const sentence = useRefusal()
  return {
    done: (is: boolean, undo: () => void) =>
      changed({ title: t(is ? 'archivedToast' : 'soldAgain', { name }), ...(is && { undo }) }),
    failed: (error: unknown) => {
      void notify({ tone: 'danger', title: sentence(error) ?? '' })
    },
  }
}

type ButtonProps = Readonly<{ archived: boolean; loading: boolean; onPress: () => void }>

function SellButton({ archived, loading, onPress }: ButtonProps) {
  const t = useTranslations('admin.product')
  return (
    <Button loading={loading} onClick={onPress}>
      {archived ? <RotateCcw aria-hidden /> : <Archive aria-hidden />}
      {t(archived ? 'sellAgain' : 'archive')}
    </Button>
  )
}
