'use client'

import type { ComponentProps } from 'react'
import { Button } from './button.tsx'
import { useHint } from './hint.tsx'

type Props = ComponentProps<typeof Button> &
  Readonly<{
    /** Why it can't be pressed now, as `whyNot(…)` says it; undefined when it can. */
    disabledReason: string | undefined
  }>

/**
 * A button for something that may be impossible at the moment. It stays in its place and in the tab
 * order, and says why: by hover, by focus, by pressing it, and to a screen reader.
 */
export function ActionButton({ disabledReason, onClick, ...rest }: Props) {
  const { anchor, hint, show } = useHint(disabledReason)

  return (
    <>
      <Button
        {...rest}
        {...anchor}
        aria-disabled={disabledReason ? true : undefined}
        data-unavailable={disabledReason ? true : undefined}
        onClick={(event) => {
          if (!disabledReason) return onClick?.(event)
          event.preventDefault()
          show(event.currentTarget)
        }}
      />
      {hint}
    </>
  )
}

/** Says what an icon-only button does, to eyes and to screen readers alike. */
export function IconButton({
  label,
  ...rest
}: ComponentProps<typeof Button> & Readonly<{ label: string }>) {
  const { anchor, hint } = useHint(label)

  return (
    <>
      <Button
        variant="ghost"
        {...rest}
        {...anchor}
        iconOnly
        aria-label={label}
        aria-describedby={undefined}
      />
      {hint}
    </>
  )
}
