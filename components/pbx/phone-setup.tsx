'use client'

import { useMutation } from '@tanstack/react-query'
import { Download, RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { CopyField } from '#components/ui/copy-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { Moment } from '#components/ui/time.tsx'
import type { ConfigLink, DeviceView } from '#server/devices/schema.ts'
import { PhoneChoice } from './phone-choice.tsx'
import { PhonePicture } from './phone-picture.tsx'

type Props = Readonly<{
  account: number
  device: DeviceView | null
  /** The customer chooses the phone; an account's own user takes what there is. */
  mayChoose?: boolean
}>

/** Which phone it is, and the one-time link that brings it its settings. */
export function PhoneSetup({ account, device: known, mayChoose = false }: Props) {
  const t = useTranslations('pbx.phone')
  const notMine = useWhyNotMine()('extensions:write')
  const [device, setDevice] = useState(known)
  const [choosing, setChoosing] = useState(false)

  if (mayChoose && (!device || choosing)) {
    return (
      <PhoneChoice
        account={account}
        current={device}
        onChosen={(chosen) => {
          setDevice(chosen)
          setChoosing(false)
        }}
      />
    )
  }
  if (!device) {
    return (
      <p className="text-sm text-muted">
        {t('none')} {t('noneAsk')}
      </p>
    )
  }
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-4">
        <PhonePicture device={device} />
        <div className="min-w-36 flex-1">
          <p className="font-medium">
            {device.vendor} {device.model}
          </p>
          <p className="text-sm text-muted">{t(`kinds.${device.kind}`)}</p>
        </div>
        {mayChoose && (
          <ActionButton size="sm" disabledReason={notMine} onClick={() => setChoosing(true)}>
            {t('change')}
          </ActionButton>
        )}
      </div>
      <Configuration key={device.code} account={account} device={device} />
    </div>
  )
}

function Configuration({ account, device }: { account: number; device: DeviceView }) {
  const t = useTranslations('pbx.phone')
  const trpc = useTRPC()
  const sentence = useRefusal()
  const notMine = useWhyNotMine()('account:config')
  const make = useMutation(trpc.devices.configLink.mutationOptions())
  const refusal = sentence(make.error)

  return (
    <div className="grid gap-4">
      {refusal && (
        <Notice tone="danger" announce>
          {refusal}
        </Notice>
      )}
      {make.data && <Link link={make.data} kind={device.kind} />}
      <div>
        <ActionButton
          variant={make.data ? 'secondary' : 'primary'}
          disabledReason={notMine}
          loading={make.isPending}
          onClick={() => make.mutate({ account })}
        >
          {make.data && <RefreshCw aria-hidden />}
          {t(make.data ? 'again' : 'make')}
        </ActionButton>
      </div>
    </div>
  )
}

function Link({ link, kind }: { link: ConfigLink; kind: DeviceView['kind'] }) {
  const t = useTranslations('pbx.phone')

  return (
    <div className="grid gap-4" role="status">
      <div className="flex flex-wrap items-start gap-5">
        {link.qr && <Qr qr={link.qr} label={t('scan')} />}
        <div className="grid min-w-60 flex-1 gap-3">
          {link.qr && <p className="font-medium">{t('scan')}</p>}
          <p className="text-sm text-muted">{t(kind === 'softphone' ? 'scanText' : 'desk')}</p>
          <CopyField label={t('link')} value={link.url} />
          <p className="text-sm text-muted">
            {t.rich('explain', { until: () => <Moment at={link.expiresAt} /> })}
          </p>
          <div>
            {/* Not a page of ours: Next must not fetch it ahead, for it works once. */}
            <a href={link.url} download className="button button--outline">
              <Download aria-hidden />
              {t('download')}
            </a>
          </div>
        </div>
      </div>
    </div>
  )
}

/** Dark on white in both themes: many readers refuse an inverted code. */
function Qr({ qr: { size, path }, label }: { qr: NonNullable<ConfigLink['qr']>; label: string }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-48 flex-none rounded-[0.5rem]"
    >
      <path fill="#ffffff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000000" d={path} />
    </svg>
  )
}
