'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { randomUuid } from '#components/form/use-attempt-key.ts'
import { useTRPCClient } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { BlockOutcome } from '#server/accounts/schema.blocks.ts'
import type { CivilDate } from '#server/kernel/civil.ts'

/** What is asked for: days are the first blocked one and the first that isn't any more. */
export type AskedBlock = Readonly<{
  accounts: readonly number[]
  from?: CivilDate
  until?: CivilDate
  reason?: string
}>

type Options = Readonly<{
  /** The customer an administrator acts for; undefined for one's own lines. */
  customer?: number
  onDone?: () => void
}>

/** Why whoever is signed in may not block lines, theirs or a customer's; undefined when they may. */
export const useWhyNotMineToBlock = (customer: number | undefined) =>
  useWhyNotMine()(customer === undefined ? 'accounts:block' : 'accounts:block_any')

/** The procedures of one's own lines, or those of an administrator for a customer. */
export function useBlockCalls(customer: number | undefined) {
  const { blocks } = useTRPCClient().accounts
  if (customer === undefined) {
    return {
      preview: (input: Parameters<typeof blocks.preview.mutate>[0]) =>
        blocks.preview.mutate(input, idempotent),
      block: (input: Parameters<typeof blocks.block.mutate>[0]) =>
        blocks.block.mutate(input, idempotent),
      unblock: (input: Parameters<typeof blocks.unblock.mutate>[0]) =>
        blocks.unblock.mutate(input, idempotent),
      cancel: (input: Parameters<typeof blocks.cancel.mutate>[0]) =>
        blocks.cancel.mutate(input, idempotent),
      again: (input: Parameters<typeof blocks.again.mutate>[0]) =>
        blocks.again.mutate(input, idempotent),
      of: (account: number) => blocks.of.query({ account }),
    }
  }
  return {
    preview: (input: Parameters<typeof blocks.preview.mutate>[0]) =>
      blocks.previewFor.mutate({ ...input, customer }, idempotent),
    block: (input: Parameters<typeof blocks.block.mutate>[0]) =>
      blocks.blockFor.mutate({ ...input, customer }, idempotent),
    unblock: (input: Parameters<typeof blocks.unblock.mutate>[0]) =>
      blocks.unblockFor.mutate({ ...input, customer }, idempotent),
    cancel: (input: Parameters<typeof blocks.cancel.mutate>[0]) =>
      blocks.cancelFor.mutate({ ...input, customer }, idempotent),
    again: (input: Parameters<typeof blocks.again.mutate>[0]) =>
      blocks.againFor.mutate({ ...input, customer }, idempotent),
    of: (account: number) => blocks.ofFor.query({ account, customer }),
  }
}

const accountsOf = ({ done }: BlockOutcome) => done.map(({ account }) => account)
const blocksOf = ({ done }: BlockOutcome) => done.map(({ block }) => block)

/** Blocks, unblocks and takes plans back; each says what it did and how to undo it. */
export function useBlocks({ customer, onDone }: Options = {}) {
  const t = useTranslations('blocks.done')
  const undoLabel = useTranslations('common')('undo')
  const calls = useBlockCalls(customer)
  const queries = useQueryClient()
  const router = useRouter()
  const sentence = useRefusal()

  const settled = () => {
    void queries.invalidateQueries()
    router.refresh()
  }
  const refused = (error: unknown) =>
    void notify({ tone: 'danger', title: t('failed'), description: sentence(error) })
  /** Says it, offers to take it back, and shows what is true now. */
  const say = (title: string, { left }: BlockOutcome, undo?: () => Promise<unknown>) => {
    void notify({
      tone: 'success',
      title,
      ...(left.length > 0 && { description: t('left', { count: left.length }) }),
      ...(undo && {
        action: { label: undoLabel, onPress: () => void undo().then(settled, refused) },
      }),
    })
    onDone?.()
    settled()
  }

  const unblock = useMutation({
    mutationFn: ({ accounts, on }: { accounts: readonly number[]; on?: CivilDate }) =>
      calls.unblock({ accounts: [...accounts], on, key: randomUuid() }),
    onSuccess: (outcome, { on }) => {
      if (on) return say(t('unblockPlanned', { count: outcome.done.length }), outcome)
      say(t('unblocked', { count: outcome.done.length }), outcome, () =>
        calls.again({ blocks: blocksOf(outcome), key: randomUuid() }),
      )
    },
  })
  const block = useMutation({
    mutationFn: ({ key, ...asked }: AskedBlock & { key: string }) =>
      calls.block({ ...asked, accounts: [...asked.accounts], key }),
    onSuccess: (outcome, { from }) => {
      const count = outcome.done.length
      if (from) {
        return say(t('planned', { count }), outcome, () =>
          calls.cancel({ blocks: blocksOf(outcome), key: randomUuid() }),
        )
      }
      say(t('blocked', { count }), outcome, () =>
        calls.unblock({ accounts: accountsOf(outcome), key: randomUuid() }),
      )
    },
  })
  const cancel = useMutation({
    mutationFn: (blocks: readonly number[]) =>
      calls.cancel({ blocks: [...blocks], key: randomUuid() }),
    onSuccess: (outcome, blocks) =>
      say(t('cancelled', { count: outcome.done.length }), outcome, () =>
        calls.again({ blocks: [...blocks], key: randomUuid() }),
      ),
    onError: refused,
  })
  return {
    block,
    unblock,
    cancel,
    /** At once, saying what stood in the way: for buttons without a dialog. */
    unblockNow: (accounts: readonly number[]) => unblock.mutate({ accounts }, { onError: refused }),
  }
}
