'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { DeviceView } from '#server/devices/schema.ts'
import { PhonePicture } from './phone-picture.tsx'

type Props = Readonly<{
  account: number
  current: DeviceView | null
  onChosen: (device: DeviceView) => void
}>

/** Gives the account one of the phones we can write settings for. */
export function PhoneChoice({ account, current, onChosen }: Props) {
  const t = useTranslations('pbx.phone')
  const trpc = useTRPC()
  const router = useRouter()
  const sentence = useRefusal()
  const notMine = useWhyNotMine()('extensions:write')
  const [code, setCode] = useState(current?.code)
  const models = useQuery(trpc.devices.models.queryOptions())
  const give = useMutation(
    trpc.devices.give.mutationOptions({
      // Giving the same phone again changes nothing.
      trpc: { context: idempotent.context },
      onSuccess: (device) => {
        onChosen(device)
        router.refresh()
      },
    }),
  )
  const refusal = sentence(give.error ?? models.error)

  return (
    <div className="grid gap-4">
      {refusal && (
        <Notice tone="danger" announce>
          {refusal}
        </Notice>
      )}
      <fieldset className="min-w-0">
        <legend className="label mb-2">{t('choose')}</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          {models.isPending && [1, 2, 3, 4].map((n) => <Skeleton key={n} className="h-16" />)}
          {models.data?.map((device) => (
            <label
              key={device.code}
              className="flex cursor-pointer items-center gap-3 rounded-[0.75rem] border border-border bg-surface p-3 hover:border-field-line has-checked:border-accent-text has-checked:ring-1 has-checked:ring-accent-text has-focus-visible:outline-2 has-focus-visible:outline-focus"
            >
              <input
                type="radio"
                name={`phone-${account}`}
                value={device.code}
                checked={code === device.code}
                onChange={() => setCode(device.code)}
                className="tick outline-none!"
              />
              <PhonePicture device={device} small />
              <span className="grid min-w-0 text-sm">
                <span className="truncate font-medium">
                  {device.vendor} {device.model}
                </span>
                <span className="text-muted">{t(`kinds.${device.kind}`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <ActionButton
          variant="primary"
          loading={give.isPending}
          disabledReason={notMine ?? (code ? undefined : t('choose'))}
          onClick={() => code && give.mutate({ account, code })}
        >
          {t('give')}
        </ActionButton>
      </div>
    </div>
  )
}
