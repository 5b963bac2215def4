'use client'

import { idempotent } from '#components/trpc/retry-link.ts'
import { useSite } from './site-context.tsx'
import { keep } from './stored.ts'
import { useDraftChange } from './use-draft.ts'

/** Shown until the server has said until when; it is `holdMinutes`, whose module would bring zod. */
const expectedMinutes = 15

/** Keeps a number for this signup: shown at once, taken back if somebody else was quicker. */
export function useHoldNumber() {
  const { site, serverNow } = useSite()

  return useDraftChange<Readonly<{ number: string; city: string }>>(
    async (calls, { site: slug }, { number }) => {
      const draft = await calls.holdNumber.mutate({ site: slug, number }, idempotent)
      keep(site.site, 'number', number)
      return draft
    },
    {
      optimistic: (draft, { number, city }) => ({
        ...draft,
        hold: {
          number,
          city,
          until: new Date(Date.parse(serverNow()) + expectedMinutes * 60_000).toISOString(),
          extended: false,
          lapsed: false,
        },
      }),
    },
  )
}
