import { usePathname, useRouter } from 'next/navigation'
import { useTransition } from 'react'

/** Where what is chosen stands in the address: asks for this page with another query, '' being none. */
export function useQueryAddress(): Readonly<{ pending: boolean; ask: (query: string) => void }> {
  const router = useRouter()
  const path = usePathname()
  const [pending, startTransition] = useTransition()
  const ask = (query: string) =>
    startTransition(() => router.replace(query ? `${path}?${query}` : path, { scroll: false }))
  return { pending, ask }
}
