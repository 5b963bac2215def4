'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Notice } from '#components/ui/notice.tsx'
import type { DeviceView } from '#server/signup/schema.ts'
import { useSite } from './site-context.tsx'
import { useDraft, useDraftChange } from './use-draft.ts'

/** The phones a site offers, with their pictures; native radio buttons underneath. */
export function DeviceCards() {
  const t = useTranslations('signup.phone')
  const { site } = useSite()
  const refusal = useRefusal()
  const name = useId()
  const draft = useDraft()
  // A radio button answers to the press itself, the draft a moment later.
  const [picked, setPicked] = useState<string>()
  const choose = useDraftChange<DeviceView>(
    (calls, ref, { code }) => calls.chooseDevice.mutate({ ...ref, device: code }, idempotent),
    { optimistic: (before, device) => ({ ...before, device }) },
  )

  return (
    <fieldset className="min-w-0">
      <legend className="text-lg font-semibold tracking-tight">{t('deviceTitle')}</legend>
      <p className="mb-4 text-sm text-muted">{t('deviceText')}</p>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4 sm:gap-2">
        {site.devices.map((device) => (
          <DeviceCard
            key={device.code}
            name={name}
            device={device}
            chosen={(picked ?? draft?.device?.code) === device.code}
            onChoose={() => {
              setPicked(device.code)
              choose.mutate(device, { onSettled: () => setPicked(undefined) })
            }}
          />
        ))}
      </div>
      {choose.error && (
        <div className="mt-3">
          <Notice tone="warning" announce>
            {refusal(choose.error)}
          </Notice>
        </div>
      )}
    </fieldset>
  )
}

type CardProps = Readonly<{
  name: string
  device: DeviceView
  chosen: boolean
  onChoose: () => void
}>

function DeviceCard({ name, device, chosen, onChoose }: CardProps) {
  const t = useTranslations('signup.phone')
  return (
    <label className="relative grid cursor-pointer content-start justify-items-center gap-1 rounded-[0.75rem] border border-border bg-surface px-2 pt-5 pb-4 text-center text-balance transition-colors hover:border-field-line has-checked:border-accent-text has-checked:ring-1 has-checked:ring-accent-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <input
        type="radio"
        name={name}
        value={device.code}
        checked={chosen}
        onChange={onChoose}
        className="tick absolute start-3 top-3 outline-none!"
      />
      <img
        src={`/devices/${device.picture}`}
        alt=""
        width={96}
        height={96}
        className="size-24 sm:size-20"
      />
      <span className="text-sm font-medium">
        {device.vendor} {device.model}
      </span>
      <span className="text-xs text-muted">{t(`kinds.${device.kind}`)}</span>
    </label>
  )
}
