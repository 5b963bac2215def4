'use client'

import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import type { SiteView } from '#server/signup/schema.ts'

type SiteHere = Readonly<{
  site: SiteView
  /** What the server's clock says now: a visitor's own may be minutes off. */
  serverNow: () => string
}>

const Context = createContext<SiteHere | undefined>(undefined)

type Props = Readonly<{ site: SiteView; renderedAt: string; children: ReactNode }>

/** The site all steps belong to; stays in place from step to step. */
export function SiteProvider({ site, renderedAt, children }: Props) {
  const [ahead, setAhead] = useState<number>()
  // Once, when the page has just come: later answers may be shown from the browser's own cache.
  useEffect(() => setAhead(Date.parse(renderedAt) - Date.now()), [])

  const here = useMemo(
    () => ({
      site,
      serverNow: () =>
        ahead === undefined ? renderedAt : new Date(Date.now() + ahead).toISOString(),
    }),
    [site, renderedAt, ahead],
  )
  return <Context value={here}>{children}</Context>
}

export function useSite(): SiteHere {
  const here = use(Context)
  if (!here) throw new Error('Outside of SiteProvider.')
  return here
}
