'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { useCatalogueCode } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { Moment } from '#components/ui/time.tsx'
import {
  type BillingSettings,
  type WhyNotService,
  whyNotRestore,
  whyNotSuspend,
} from '#server/customers/schema.settings.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{ settings: BillingSettings; name: string }>

/** Whether a customer's service stands still, and why; and what an administrator may do about it. */
export function ServiceState({ settings, name }: Props) {
  const t = useTranslations('admin.billingSettings')
  const [asking, setAsking] = useState<'suspend' | 'restore'>()
  const whyNot = useWhyNotMine()
  const say = useCatalogueCode('refusals')
  // What money stopped, money starts again; by hand it can be stopped for longer.
  const verb = settings.suspendedFor === 'admin' ? 'restore' : 'suspend'
  const rule = (verb === 'suspend' ? whyNotSuspend : whyNotRestore)(settings)
  const sentence = (why: WhyNotService | undefined) =>
    why && (say(why.code, why.details) ?? why.code)
  const act = useAct(verb, name, () => setAsking(undefined))

  return (
    <Card
      title={t('service')}
      description={t('serviceText')}
      actions={
        <ActionButton
          size="sm"
          variant={verb === 'suspend' ? 'danger' : 'primary'}
          disabledReason={whyNot('customers:write') ?? sentence(rule)}
          onClick={() => setAsking(verb)}
        >
          {t(settings.suspendedFor && verb === 'suspend' ? 'suspendToo' : verb)}
        </ActionButton>
      }
    >
      {settings.suspendedFor ? (
        <Notice
          tone="warning"
          title={
            settings.suspendedAt &&
            t.rich('since', { at: () => <Moment at={settings.suspendedAt!} /> })
          }
        >
          {t(`for.${settings.suspendedFor}`, { note: settings.note ?? '–' })}
        </Notice>
      ) : (
        <p className="text-sm">{t('active')}</p>
      )}
      <ReasonDialog
        isOpen={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={t(`${verb}Title`, { name })}
        text={t(`${verb}Dialog`)}
        reasonLabel={t('reason')}
        reasonHint={t('reasonHint')}
        submitLabel={t(verb)}
        onSubmit={(reason) => act.mutate({ customer: settings.customer, reason })}
        loading={act.isPending}
        submitError={act.error}
      />
    </Card>
  )
}

function useAct(verb: 'suspend' | 'restore', name: string, onDone: () => void) {
  const t = useTranslations('admin.billingSettings')
  const trpc = useTRPC()
  const changed = useChanged()
  const told = (title: string) => ({
    onSuccess: () => {
      changed({ title })
      onDone()
    },
  })
  const suspend = useMutation(
    trpc.customers.suspend.mutationOptions(told(t('suspended', { name }))),
  )
  const restore = useMutation(trpc.customers.restore.mutationOptions(told(t('restored', { name }))))
  return verb === 'suspend' ? suspend : restore
}
