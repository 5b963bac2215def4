'use client'

import { useLayoutEffect } from 'react'
import { beforePaint } from './theme.ts'

/**
 * A page that the server could not make (404, away) is made by the browser, which doesn't run the
 * script of its head: run here, still before the paint. Elsewhere it has run and this does nothing.
 */
export function LateTheme() {
  useLayoutEffect(() => {
    if (window.porticoTheme) return
    const script = document.createElement('script')
    script.nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
    script.textContent = beforePaint
    document.head.append(script)
  }, [])
  return null
}
