'use client'

import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { refusedBy } from '#components/trpc/refusal.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { LinkButton } from '#components/ui/button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { HoldView } from '#server/signup/schema.ts'
import { DeviceCards } from './device-cards.tsx'
import { HoldCountdown, LapsedHold } from './hold-box.tsx'
import { NumberPicker } from './number-picker.tsx'
import { useSite } from './site-context.tsx'
import { recall } from './stored.ts'
import { useDraft, useGo, useSaving } from './use-draft.ts'
import { useHoldNumber } from './use-hold-number.ts'

/** A number and a phone to put it on. */
export function PhoneStep() {
  const t = useTranslations('signup.phone')
  const tc = useTranslations('common')
  const { site } = useSite()
  const draft = useDraft()
  const back = useSearchParams().get('back') === 'summary'
  const { hold, device } = draft ?? {}
  const missing = !hold ? t('numberFirst') : !device ? t('deviceFirst') : undefined
  const { leave, leaving } = useLeave(
    paths.signup(site.site, back ? 'summary' : 'payment'),
    missing === undefined,
  )
  if (!draft) return null

  return (
    <div className="grid gap-10">
      <NumberSection />
      <DeviceCards />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <LinkButton size="lg" href={paths.signup(site.site, back ? 'summary' : 'address')}>
          {tc('back')}
        </LinkButton>
        <ActionButton
          variant="primary"
          size="lg"
          disabledReason={missing}
          loading={leaving}
          onClick={leave}
        >
          {back ? t('saveAndReturn') : tc('continue')}
        </ActionButton>
      </div>
    </div>
  )
}

/** Goes on once the server knows of the choices, which are shown before it does; stays if it refuses one. */
function useLeave(href: string, complete: boolean) {
  const { go, pending } = useGo()
  const saving = useSaving()
  const [asked, setAsked] = useState(false)

  useEffect(() => {
    if (!asked || saving) return
    setAsked(false)
    if (complete) go(href)
  }, [asked, saving])

  return { leave: () => setAsked(true), leaving: asked || pending }
}

function NumberSection() {
  const t = useTranslations('signup.phone')
  const refusal = useRefusal()
  const draft = useDraft()
  const choose = useHoldNumber()
  const [gone, setGone] = useState<readonly string[]>([])
  const lost = useLostNumber()
  const hold = draft?.hold

  return (
    <section aria-labelledby="number-heading" className="grid gap-4">
      <div>
        <h2 id="number-heading" className="text-lg font-semibold tracking-tight">
          {t('numberTitle')}
        </h2>
        <p className="text-sm text-muted">{t('numberText')}</p>
      </div>
      <HeldNumber hold={hold ?? undefined} />
      {!hold && lost && !choose.error && (
        <Notice tone="warning" announce>
          {t('lost', { number: formatPhone(lost) })}
        </Notice>
      )}
      {choose.error && (
        <Notice tone="warning" announce>
          {refusal(choose.error)}
        </Notice>
      )}
      <NumberPicker
        held={hold?.number}
        gone={gone}
        choosing={choose.isPending ? choose.variables?.number : undefined}
        onChoose={({ number, city }) =>
          choose.mutate(
            { number, city },
            {
              onError: (error) =>
                refusedBy(error)?.code === 'numbers.taken' && setGone([...gone, number]),
            },
          )
        }
      />
    </section>
  )
}

/** Has its place before there is a number, so that the list below stays where it is. */
function HeldNumber({ hold }: { hold: HoldView | undefined }) {
  const t = useTranslations('signup.phone')
  if (!hold)
    return (
      <p className="flex min-h-17 items-center rounded-[0.75rem] border border-dashed border-field-line px-4 text-sm text-muted">
        {t('noneYet')}
      </p>
    )
  return (
    <div className="grid gap-2">
      <div className="flex min-h-17 flex-wrap items-center justify-between gap-x-6 gap-y-1 rounded-[0.75rem] bg-accent-soft px-4 py-2 text-accent-soft-foreground">
        <p aria-live="polite">
          <span className="block text-xs">{t('yours', { city: hold.city })}</span>
          <bdi dir="ltr" className="figures text-lg font-semibold">
            {formatPhone(hold.number)}
          </bdi>
        </p>
        <HoldCountdown key={hold.until} hold={hold} />
      </div>
      {hold.lapsed && <LapsedHold hold={hold} />}
    </div>
  )
}

/** The number this tab chose before, where it is kept no more and so is not in the draft. */
function useLostNumber(): string | undefined {
  const { site } = useSite()
  const [lost, setLost] = useState<string>()
  useEffect(() => {
    setLost(recall(site.site, 'number', (kept): kept is string => typeof kept === 'string'))
  }, [site.site])
  return lost
}
