import type { DraftData, Step } from './schema.ts'

/**
 * Where the visitor belongs: the first step not yet done, so no link or back button can skip one.
 * A card is never in a draft, so whoever has a number and a phone belongs to the payment page.
 *
 * @param kept whether the number wanted is still theirs, if only by a hold that has lapsed
 * @param served whether there is a customer already
 */
export function nextStep(draft: DraftData, kept: boolean, served: boolean): Step {
  if (served) return 'done'
  if (!draft.address) return 'address'
  if (!kept || !draft.device) return 'phone'
  return 'payment'
}
