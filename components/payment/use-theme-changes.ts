'use client'

import { useEffect, useRef } from 'react'

/** Told whenever the page turns light or dark. */
export function useThemeChanges(onChange: () => void) {
  const listener = useRef(onChange)
  useEffect(() => {
    listener.current = onChange
  })
  useEffect(() => {
    const observer = new MutationObserver(() => listener.current())
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => observer.disconnect()
  }, [])
}
