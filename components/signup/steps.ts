import { type SignupStep, signupSteps } from '#server/kernel/routes.ts'
import type { DraftView } from '#server/signup/schema.ts'

const at = (step: SignupStep) => signupSteps.indexOf(step)

/** Whether a checkout is on its way: nothing can be changed until its outcome is known. */
export const isUnderWay = (order: DraftView['order']): boolean =>
  order?.state === 'working' || order?.state === 'action_required'

/**
 * The page to show to who asks for `asked`: that one if it has been reached, else the first step not
 * yet done. The card is kept in the browser alone, so whoever may pay may also see the summary.
 */
export function stepFor(
  draft: Pick<DraftView, 'step' | 'order'> | null,
  asked: SignupStep,
): SignupStep {
  if (!draft) return 'plan'
  if (draft.step === 'done') return asked === 'plan' ? 'plan' : 'done'
  if (isUnderWay(draft.order)) return 'summary'

  const reached = draft.step === 'payment' ? 'summary' : draft.step
  return at(asked) <= at(reached) ? asked : draft.step
}
