'use client'

import { useSearchParams } from 'next/navigation'
import { changed } from './extension-query.ts'

/**
 * Parts of a page's address that the server needn't know of: what is open, on which tab. Told to the
 * browser alone, so that a drawer opens at once; back closes it again.
 */
export function useAddress() {
  const parameters = useSearchParams()
  const to = (changes: Record<string, string | undefined>) =>
    changed(parameters.toString(), changes)

  return {
    get: (name: string) => parameters.get(name) ?? undefined,
    href: to,
    go: (changes: Record<string, string | undefined>) =>
      window.history.pushState(null, '', to(changes)),
    /** Instead of where we are: for what nobody would go back to. */
    swap: (changes: Record<string, string | undefined>) =>
      window.history.replaceState(null, '', to(changes)),
  }
}
