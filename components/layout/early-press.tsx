'use client'

import { useEffect } from 'react'

/** Once the page has its scripts, presses the button that was pressed before (`keepEarlyPress`). */
export function EarlyPress() {
  useEffect(() => {
    window.porticoLive = true
    const pressed = window.porticoPressed
    if (!(pressed instanceof HTMLButtonElement)) return

    window.porticoPressed = undefined
    pressed.click()
  }, [])
  return null
}
