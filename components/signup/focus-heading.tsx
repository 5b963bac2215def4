'use client'

import { useEffect } from 'react'

let arrived = false

/**
 * Puts the focus on the heading of a step that was gone to, so that a screen reader says where it is
 * and Tab goes on from there. A page just loaded begins at its top, as pages do.
 */
export function FocusHeading() {
  useEffect(() => {
    if (arrived) focusHeading()
    arrived = true
  }, [])
  return null
}

export function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>('main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.style.outline = 'none'
  heading.focus({ preventScroll: true })
}
