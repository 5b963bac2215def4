'use client'

import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useId,
  useRef,
} from 'react'

/** Space between the thing and the sentence about it, and to the edge of the screen, in pixels. */
const GAP = 6

type Anchor = Readonly<{
  'aria-describedby': string
  onPointerEnter: (event: PointerEvent<HTMLElement>) => void
  onPointerLeave: () => void
  onFocus: (event: FocusEvent<HTMLElement>) => void
  onBlur: () => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}>

/**
 * One sentence about a thing, on hover and on keyboard focus, in the top layer so that no table
 * clips it. Escape hides it, the pointer may rest on it (WCAG 1.4.13). HeroUI's tooltip does the
 * same for 42 kB, which a button on a signup page can't carry.
 */
export function useHint(text: string | undefined): {
  anchor: Anchor | undefined
  hint: ReactNode
  show: (at: HTMLElement) => void
} {
  const id = useId()
  const bubble = useRef<HTMLSpanElement>(null)
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined)

  const show = (at: HTMLElement) => {
    clearTimeout(leaving.current)
    if (bubble.current) place(bubble.current, at)
  }
  const hide = () => bubble.current?.matches(':popover-open') && bubble.current.hidePopover()
  const hideSoon = () => {
    // Long enough to move the pointer onto the bubble.
    leaving.current = setTimeout(hide, 120)
  }

  if (!text) return { anchor: undefined, hint: null, show }

  return {
    show,
    anchor: {
      'aria-describedby': id,
      onPointerEnter: (event) => event.pointerType === 'mouse' && show(event.currentTarget),
      onPointerLeave: hideSoon,
      onFocus: (event) =>
        event.currentTarget.matches(':focus-visible') && show(event.currentTarget),
      onBlur: hide,
      onKeyDown: (event) => event.key === 'Escape' && hide(),
    },
    hint: (
      <span
        ref={bubble}
        id={id}
        role="tooltip"
        popover="manual"
        className="hint"
        onPointerEnter={() => clearTimeout(leaving.current)}
        onPointerLeave={hideSoon}
      >
        {text}
      </span>
    ),
  }
}

/** Above the anchor where there is room, else below; never beyond the screen's edge. */
function place(bubble: HTMLElement, anchor: HTMLElement): void {
  if (!bubble.matches(':popover-open')) bubble.showPopover()

  const at = anchor.getBoundingClientRect()
  const own = bubble.getBoundingClientRect()
  const above = at.top - own.height - GAP
  const centred = at.left + (at.width - own.width) / 2
  const rightmost = document.documentElement.clientWidth - own.width - GAP
  bubble.style.top = `${above > GAP ? above : at.bottom + GAP}px`
  bubble.style.left = `${Math.max(GAP, Math.min(centred, rightmost))}px`
}
