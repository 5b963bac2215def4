'use client'

import { useMutation } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { classes } from '#components/ui/classes.ts'
import { Money } from '#components/ui/money.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Badge } from '#components/ui/status-chip.tsx'
import { useTerms } from '#components/ui/terms.ts'
import { paths } from '#server/kernel/routes.ts'
import type { PlanView } from '#server/signup/schema.ts'
import { useSite } from './site-context.tsx'
import { stepFor } from './steps.ts'
import { forgetAll } from './stored.ts'
import { useDraft, useDraftCache, useGo } from './use-draft.ts'

/** The plans, each with what it includes and what it costs; choosing one begins the signup. */
export function PlanCards() {
  const t = useTranslations('signup.plans')
  const { site } = useSite()
  const locale = useLocale()
  const trpc = useTRPC()
  const refusal = useRefusal()
  const draft = useDraft()
  const cache = useDraftCache()
  const { go, pending } = useGo()
  const back = useSearchParams().get('back') === 'summary'
  const choose = useMutation(
    trpc.signup.choosePlan.mutationOptions({
      // Begun twice is begun: the second one is the browser's.
      trpc: idempotent,
      onSuccess(chosen) {
        // What was typed belongs to the signup it was typed for.
        if (!draft) forgetAll(site.site)
        cache.write(chosen)
        go(paths.signup(site.site, back ? stepFor(chosen, 'summary') : chosen.step))
      },
    }),
  )
  const busy = choose.isPending || pending

  return (
    <div className="grid gap-5">
      {choose.error && (
        <Notice tone="danger" announce>
          {refusal(choose.error)}
        </Notice>
      )}
      <ul className="grid gap-4 sm:grid-cols-2">
        {site.plans.map((plan) => {
          const chosen = draft?.step !== 'done' && draft?.plan.code === plan.code
          return (
            <li key={plan.code} className="flex">
              <PlanCard plan={plan} chosen={chosen}>
                <ActionButton
                  variant={chosen || !draft ? 'primary' : 'secondary'}
                  size="lg"
                  fullWidth
                  disabledReason={draft?.step === 'done' ? t('doneAlready') : undefined}
                  loading={busy && choose.variables?.plan === plan.code}
                  onClick={() =>
                    busy || choose.mutate({ site: site.site, plan: plan.code, locale })
                  }
                >
                  {chosen ? t('keep', { plan: plan.name }) : t('choose', { plan: plan.name })}
                </ActionButton>
              </PlanCard>
            </li>
          )
        })}
      </ul>
      <p className="text-sm text-muted">{t('taxNote')}</p>
    </div>
  )
}

type CardProps = Readonly<{ plan: PlanView; chosen: boolean; children: React.ReactNode }>

function PlanCard({ plan, chosen, children }: CardProps) {
  const t = useTranslations('signup.plans')
  const words = useTerms()

  return (
    <article
      className={classes(
        'flex w-full flex-col rounded-[0.75rem] bg-surface p-5 shadow-surface sm:p-6',
        chosen && 'ring-2 ring-accent-text',
      )}
    >
      <div className="flex items-start justify-between gap-3">
        <h2 className="text-lg font-semibold tracking-tight">{plan.name}</h2>
        {chosen && <Badge tone="accent">{t('chosen')}</Badge>}
      </div>
      <p className="mt-0.5 text-sm text-muted">{plan.headline}</p>
      <div className="mt-4">
        {plan.recurring.map((due) => (
          <p
            key={`${due.period} ${due.periodCount} ${due.inAdvance}`}
            className="flex flex-wrap items-baseline gap-x-1.5"
          >
            <span className="text-3xl font-semibold tracking-tight">
              <Money amount={due.amount} currency={plan.currency} />
            </span>
            <span className="text-sm text-muted">
              {t(`per.${plan.kind === 'pbx' ? plan.per : 'plan'}`, {
                every: words.every(due),
                late: due.inAdvance ? 'no' : 'yes',
              })}
            </span>
          </p>
        ))}
      </div>
      <p className="mt-1 text-sm">
        {Number(plan.activation) === 0
          ? t('noActivation')
          : t.rich('activation', {
              amount: () => <Money amount={plan.activation} currency={plan.currency} />,
            })}
      </p>
      <ul className="my-5 grid gap-2 text-sm">
        {plan.features.map((feature) => (
          <li key={feature} className="flex items-start gap-2.5">
            <Check aria-hidden className="mt-1 size-4 flex-none text-accent-text" />
            {feature}
          </li>
        ))}
      </ul>
      <div className="mt-auto">{children}</div>
    </article>
  )
}
