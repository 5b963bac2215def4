'use client'

import { useEffect } from 'react'
import { takePressed } from '#components/ui/early-press.ts'

/** Once the page has its scripts, presses the button that was pressed before (`keepEarlyPress`). */
export function EarlyPress() {
  useEffect(() => {
    window.porticoLive = true
    takePressed((element) => element instanceof HTMLButtonElement)?.click()
  }, [])
  return null
}
