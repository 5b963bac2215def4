'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { type CardSeen, schemeOf, themeOf } from './protocol.ts'
import { useGatewayFrame } from './use-gateway-frame.ts'

/** A token for the card typed; faults the frame shows itself; or no answer from the gateway. */
export type CardAnswer =
  | Readonly<{ kind: 'token'; token: string; card: CardSeen }>
  | Readonly<{ kind: 'invalid' | 'unreached' }>

export type CardFieldsHandle = Readonly<{ tokenize: () => Promise<CardAnswer> }>

type Props = Readonly<{
  /** The gateway's page for card fields, and the origin it must speak from. */
  place: Readonly<{ origin: string; fieldsUrl: string }>
  ref: RefObject<CardFieldsHandle | null>
  onEnter: () => void
}>

/** A frame that doesn't say it is there by then won't. */
const patienceMs = 10_000
/** The gateway itself gives up after ten seconds. */
const tokenPatienceMs = 15_000
/** Its height with three fields, so that nothing moves when it comes. */
const usualHeight = 164

/**
 * The card's fields, in a frame of the payment gateway's: what is typed there reaches nobody but it,
 * and this page is told a token.
 */
export function CardFields({ place, ref, onEnter }: Props) {
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

  useImperativeHandle(ref, () => ({
    tokenize: () =>
      new Promise((resolve) => {
        const id = String(performance.now())
        waiting.current.set(id, resolve)
        if (listens.current) tell({ type: 'portico:tokenize', id })
        setTimeout(() => answer(id, { kind: 'unreached' }), tokenPatienceMs)
      }),
  }))

  if (state === 'late')
    return (
      <Notice
        tone="warning"
        announce
        title={t('late.title')}
        actions={
          <Button
            size="sm"
            onClick={() => {
              setState('coming')
              setAttempt(attempt + 1)
            }}
          >
            {t('late.retry')}
          </Button>
        }
      >
        {t('late.text')}
      </Notice>
    )
  return (
    // The frame has 3 px around its fields for their focus rings.
    <div className="relative -m-[3px]" style={{ minHeight: usualHeight }}>
      {state === 'coming' && <FieldsSkeleton />}
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

function useThemeChanges(onChange: () => void) {
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

function FieldsSkeleton() {
  return (
    <div aria-hidden className="absolute inset-[3px] grid content-start gap-4">
      <Skeleton className="mt-7 h-11" />
      <div className="grid grid-cols-2 gap-3">
        <Skeleton className="mt-7 h-11" />
        <Skeleton className="mt-7 h-11" />
      </div>
    </div>
  )
}
