import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { whyNotBlock } from '#server/accounts/schema.blocks.ts'
import type { BlockedLine } from './line-blocks.tsx'
import { useWhyNotMineToBlock } from './use-blocks.ts'

/** Why a line can't be blocked, or unblocked, as a sentence: one's role first, then the rule. */
export function useWhyNotBlock(customer: number | undefined) {
  const say = useCatalogueCode('refusals')
  const notMine = useWhyNotMineToBlock(customer)
  return (move: 'planBlock' | 'unblock', line: BlockedLine): string | undefined => {
    const rule = whyNotBlock(move, line, customer === undefined ? 'customer' : 'admin')
    return notMine ?? (rule && say(`accounts.${rule}`, { accountId: line.accountId, others: 0 }))
  }
}
