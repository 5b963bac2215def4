import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { type AccountMove, type AccountState, whyNot } from '#server/accounts/schema.moves.ts'

/** The sentence that a refusal would say, beside what can't be pressed. */
export function useWhyNot(): (move: AccountMove, account: AccountState) => string | undefined {
  const say = useCatalogueCode('refusals')
  return (move, account) => {
    const rule = whyNot(move, account, 'admin')
    return rule && (say(rule.code, { others: 0, ...rule.details }) ?? rule.code)
  }
}
