import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import type { WhyNot } from '#server/accounts/schema.moves.ts'

/** A rule that stands in the way as the sentence its refusal would say. */
export function useWhyNot(): (rule: WhyNot | undefined) => string | undefined {
  const say = useCatalogueCode('refusals')
  return (rule) => rule && (say(rule.code, { others: 0, ...rule.details }) ?? rule.code)
}
