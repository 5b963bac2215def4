import { type RefObject, useEffect, useRef } from 'react'

/**
 * For a box that is saved as it is pressed: pressed before the page had its scripts, it looks pressed and
 * nobody has heard of it; that is made up for as soon as somebody can.
 *
 * @returns for the box, which has `autoComplete="off"`: what a browser remembers of it is no press
 */
export function useEarlyBox(
  known: boolean,
  press: (checked: boolean) => void,
): RefObject<HTMLInputElement | null> {
  const box = useRef<HTMLInputElement>(null)
  // Once, when the scripts are there.
  useEffect(() => {
    const seen = box.current?.checked
    if (seen !== undefined && seen !== known) press(seen)
  }, [])
  return box
}
