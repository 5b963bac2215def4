'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Challenge } from '#components/payment/challenge.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import type { OrderView } from '#server/signup/schema.ts'
import { useSite } from './site-context.tsx'
import type { useCheckout } from './use-checkout.ts'

const stages = ['sending', 'authorizing', 'setting_up', 'done'] as const

type Props = Readonly<{
  /** Null while the order is on its way to the server. */
  order: OrderView | null
  challenge: ReturnType<typeof useCheckout>['challenge']
}>

/** Where the checkout really is; it goes on without this page. */
export function OrderProgress({ order, challenge }: Props) {
  const t = useTranslations('signup.progress')
  const { site } = useSite()
  const undoing = order?.state === 'working' && order.doing === 'undoing'
  const now = stageOf(order)

  return (
    <section className="rounded-[0.75rem] bg-surface p-6 shadow-surface sm:p-8" aria-busy>
      <p role="status" className="text-lg font-semibold tracking-tight">
        {undoing
          ? t('undoing')
          : order?.state === 'action_required'
            ? t('challenge')
            : t(`stages.${now}`)}
      </p>
      {undoing && <p className="mt-1 text-sm text-muted">{t('undoingText')}</p>}
      <ol className="mt-6 grid gap-3">
        {stages.map((stage) => (
          <Stage
            key={stage}
            label={t(`stages.${stage}`)}
            state={
              stages.indexOf(stage) < stages.indexOf(now)
                ? 'over'
                : stage === now && !undoing
                  ? 'now'
                  : 'ahead'
            }
          />
        ))}
      </ol>
      <Challenge
        place={site.cardFields}
        challengeUrl={challenge.url}
        loading={challenge.loading}
        onDone={challenge.done}
        onGiveUp={challenge.giveUp}
      />
    </section>
  )
}

/** What the server says it is at; until it has the order, that is on its way. */
function stageOf(order: OrderView | null): (typeof stages)[number] {
  if (order?.state === 'completed') return 'done'
  if (order?.state === 'action_required') return 'authorizing'
  if (order?.state !== 'working') return 'sending'
  return order.doing === 'setting_up' ? 'setting_up' : 'authorizing'
}

type StageProps = Readonly<{ label: string; state: 'over' | 'now' | 'ahead' }>

function Stage({ label, state }: StageProps) {
  return (
    <li
      aria-current={state === 'now' ? 'step' : undefined}
      className={`flex items-center gap-3 ${state === 'ahead' ? 'text-muted' : ''}`}
    >
      <span className="grid size-5 flex-none place-items-center">
        {state === 'over' ? (
          <Check aria-hidden className="size-4 text-success-text" />
        ) : state === 'now' ? (
          <Spinner className="size-4 text-accent-text" />
        ) : (
          <span aria-hidden className="size-2 rounded-full bg-default" />
        )}
      </span>
      {label}
    </li>
  )
}
