'use client'

import { useIsMutating } from '@tanstack/react-query'
import { isUnderWay } from './steps.ts'
import { useDraft } from './use-draft.ts'

/** The one press of the button, for whoever has to know that it is on its way. */
export const submitKey = ['signup-submit']

/** Whether an order is on its way or being worked on: nothing else can be done meanwhile. */
export function useSigningUp(): boolean {
  const sending = useIsMutating({ mutationKey: submitKey }) > 0
  const draft = useDraft()
  return sending || isUnderWay(draft?.order ?? null) || draft?.step === 'done'
}
