'use client'

import { Failed } from '#components/ui/failed.tsx'
import { Away } from './away.tsx'
import { isAway } from './away-mark.ts'

type Props = Readonly<{ error: unknown; retry: () => void }>

/** Inside the frame, in place of a page that failed: away for a moment, or broken. */
export function PageFailed({ error, retry }: Props) {
  return isAway(error) ? <Away retry={retry} /> : <Failed error={error} retry={retry} />
}
