'use client'

import { isAway } from '#components/trpc/away-mark.ts'
import { Failed } from '#components/ui/failed.tsx'
import { Away } from './away.tsx'

type Props = Readonly<{ error: unknown; retry: () => void }>

/** Inside the frame, in place of a page that failed: away for a moment, or broken. */
export function PageFailed({ error, retry }: Props) {
  return isAway(error) ? <Away retry={retry} /> : <Failed error={error} retry={retry} />
}
