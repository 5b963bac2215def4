'use client'

import { type RefObject, useEffect, useRef } from 'react'
import { type Heard, hear } from './protocol.ts'

/** Listens to one frame of the gateway's: to that window, at that origin, and to nobody else. */
export function useGatewayFrame(
  origin: string,
  onHeard: (heard: Heard) => void,
): { frame: RefObject<HTMLIFrameElement | null>; tell: (message: object) => void } {
  const frame = useRef<HTMLIFrameElement>(null)
  const listener = useRef(onHeard)
  useEffect(() => {
    listener.current = onHeard
  })

  useEffect(() => {
    const listen = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return
      const heard = hear(event.data)
      if (heard) listener.current(heard)
    }
    addEventListener('message', listen)
    return () => removeEventListener('message', listen)
  }, [origin])

  return { frame, tell: (message) => frame.current?.contentWindow?.postMessage(message, origin) }
}
