'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { CardAnswer, CardFieldsHandle } from './card-answer.ts'
import { FieldsSkeleton, usualHeight } from './fields-skeleton.tsx'
import { LateNotice, patienceMs } from './late-notice.tsx'
import { schemeOf, themeOf } from './protocol.ts'
import { useGatewayFrame } from './use-gateway-frame.ts'
import { useThemeChanges } from './use-theme-changes.ts'

type Props = Readonly<{
  /** The gateway's page for card fields, and the origin it must speak from. */
  place: Readonly<{ origin: string; fieldsUrl: string }>
  handle: RefObject<CardFieldsHandle | null>
  onEnter: () => void
}>

/** The gateway itself gives up after ten seconds. */
const tokenPatienceMs = 15_000

/**
 * The card's fields, in a frame of the payment gateway's: what is typed there reaches nobody but it,
 * and this page is told a token.
 */
export function FrameCardFields({ place, handle, onEnter }: Props) {
  const t = useTranslations('payment')
  const locale = useLocale()
  const [height, setHeight] = useState(usualHeight)
  const [state, setState] = useState<'coming' | 'there' | 'late'>('coming')
  const [attempt, setAttempt] = useState(0)
  const waiting = useRef(new Map<string, (answer: CardAnswer) => void>())
  const listens = useRef(false)

  const answer = (id: string, given: CardAnswer) => {
    waiting.current.get(id)?.(given)
    waiting.current.delete(id)
  }
  const { frame, tell } = useGatewayFrame(place.origin, (heard) => {
    if (heard.type === 'ready') {
      setState('there')
      tell({ type: 'portico:theme', theme: themeOf(document.documentElement) })
      // Asked while its script was still on the way: nobody heard it.
      listens.current = true
      for (const id of waiting.current.keys()) tell({ type: 'portico:tokenize', id })
    }
    if (heard.type === 'height') setHeight(heard.px)
    if (heard.type === 'enter') onEnter()
    if (heard.type === 'token')
      answer(heard.id, { kind: 'token', token: heard.token, card: heard.card })
    if (heard.type === 'invalid') answer(heard.id, { kind: 'invalid' })
    if (heard.type === 'error') answer(heard.id, { kind: 'unreached' })
  })
  const src = useFrameAddress(place.fieldsUrl, locale)
  useThemeChanges(() => tell({ type: 'portico:theme', theme: themeOf(document.documentElement) }))

  // From each load anew.
  useEffect(() => {
    setState('coming')
    listens.current = false
    const timer = setTimeout(() => {
      setState((now) => (now === 'coming' ? 'late' : now))
    }, patienceMs)
    return () => clearTimeout(timer)
  }, [src, attempt])

  useImperativeHandle(handle, () => ({
    tokenize: () =>
      new Promise((resolve) => {
        const id = String(performance.now())
        waiting.current.set(id, resolve)
        if (listens.current) tell({ type: 'portico:tokenize', id })
        setTimeout(() => answer(id, { kind: 'unreached' }), tokenPatienceMs)
      }),
  }))

  const retry = () => {
    setState('coming')
    setAttempt(attempt + 1)
  }
  if (state === 'late') return <LateNotice onRetry={retry} />
  return (
    // The frame has 3 px around its fields for their focus rings.
    <div className="relative -m-[3px]" style={{ minHeight: usualHeight }}>
      {state === 'coming' && (
        <div className="absolute inset-[3px]">
          <FieldsSkeleton />
        </div>
      )}
      {src && (
        <iframe
          key={attempt}
          ref={frame}
          src={src}
          title={t('fields')}
          className="block w-full border-0 bg-transparent"
          style={{ height }}
        />
      )}
    </div>
  )
}

/** The frame is told whose page it stands in, and speaks to no other. */
function useFrameAddress(fieldsUrl: string, locale: string): string | undefined {
  const [src, setSrc] = useState<string>()
  useEffect(() => {
    const url = new URL(fieldsUrl)
    url.searchParams.set('parent', location.origin)
    url.searchParams.set('locale', locale)
    url.searchParams.set('theme', schemeOf(document.documentElement))
    setSrc(url.href)
  }, [fieldsUrl, locale])
  return src
}
