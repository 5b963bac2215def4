'use client'

import { Search } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useId, useRef, useTransition } from 'react'

type Props = Readonly<{
  label: string
  /** The address's parameter that holds the text. */
  param?: string
}>

/** Pause after the last key before the list is asked for again, in milliseconds. */
const TYPING_PAUSE = 250

/** Filters a list by the address, so that back, reload and a shared link show the same. */
export function SearchBox({ label, param = 'q' }: Props) {
  const id = useId()
  const router = useRouter()
  const path = usePathname()
  const parameters = useSearchParams()
  const [pending, startTransition] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const box = useRef<HTMLInputElement>(null)

  const search = (text: string) => {
    const next = new URLSearchParams(parameters)
    if (text) next.set(param, text)
    else next.delete(param)
    // Another text, another list: its pages start anew.
    next.delete('page')
    next.delete('cursor')
    startTransition(() => router.replace(`${path}?${next}`, { scroll: false }))
  }

  useEffect(() => {
    // Typed before this script ran, so that nobody heard of it.
    const typed = box.current?.value.trim() ?? ''
    if (typed !== (box.current?.defaultValue ?? '')) search(typed)
    return () => clearTimeout(timer.current)
  }, [])

  return (
    <div className="relative min-w-60 flex-1 sm:max-w-80" aria-busy={pending}>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Search
        aria-hidden
        className={`pointer-events-none absolute inset-y-0 start-3 z-1 my-auto size-4 text-muted ${pending ? 'animate-shimmer' : ''}`}
      />
      <input
        id={id}
        ref={box}
        type="search"
        autoComplete="off"
        defaultValue={parameters.get(param) ?? ''}
        placeholder={label}
        className="input ps-9"
        // Gone to what was found already: the list must not come back over it.
        onBlur={({ relatedTarget }) => {
          if (relatedTarget instanceof HTMLAnchorElement) clearTimeout(timer.current)
        }}
        onChange={(event) => {
          const text = event.target.value.trim()
          clearTimeout(timer.current)
          timer.current = setTimeout(() => search(text), TYPING_PAUSE)
        }}
      />
    </div>
  )
}
