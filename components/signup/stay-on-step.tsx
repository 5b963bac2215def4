'use client'

import { useEffect } from 'react'
import { paths, type SignupStep } from '#server/kernel/routes.ts'
import { useSite } from './site-context.tsx'
import { isUnderWay, stepFor } from './steps.ts'
import { useDraft, useGo } from './use-draft.ts'

/**
 * Follows what another tab did: to the order under way, to the confirmation, to the beginning. A
 * step that has merely become incomplete stays, and says so itself.
 */
export function StayOnStep({ step }: { step: SignupStep }) {
  const { site } = useSite()
  const draft = useDraft()
  const { replace } = useGo()

  const moved = !draft || draft.step === 'done' || isUnderWay(draft.order)
  const belongs = moved ? stepFor(draft, step) : step
  // Once, when it has moved.
  useEffect(() => {
    if (belongs !== step) replace(paths.signup(site.site, belongs))
  }, [belongs, step])

  return null
}
