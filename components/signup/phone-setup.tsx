'use client'

import { useMutation } from '@tanstack/react-query'
import { Download, QrCode as QrIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { Moment } from '#components/ui/time.tsx'
import type { ConfigLink, DeviceView } from '#server/signup/schema.ts'
import { useSite } from './site-context.tsx'

/** The file that sets the phone up: to download, or for the softphone to scan. */
export function PhoneSetup({ device }: { device: DeviceView }) {
  const t = useTranslations('signup.setup')
  const soft = device.kind === 'softphone'

  return (
    <Card title={t('title', { device: `${device.vendor} ${device.model}` })}>
      <div className="flex flex-wrap items-start gap-5">
        <img src={`/devices/${device.picture}`} alt="" className="size-20 flex-none" />
        <div className="grid min-w-0 flex-[1_1_16rem] gap-4 text-sm">
          <p>{soft ? t('softText') : t('deskText')}</p>
          {soft && <ScanCode />}
          <DownloadFile />
        </div>
      </div>
    </Card>
  )
}

function useConfigLink(onLink?: (link: ConfigLink) => void) {
  const { site } = useSite()
  const trpc = useTRPC()
  const ask = useMutation(trpc.signup.configLink.mutationOptions({ onSuccess: onLink }))
  return { ...ask, ask: () => ask.mutate({ site: site.site }) }
}

/** Each press makes a link of its own: one opens once. */
function DownloadFile() {
  const t = useTranslations('signup.setup')
  const refusal = useRefusal()
  const link = useConfigLink(({ url }) => location.assign(url))
  return (
    <>
      {link.error && (
        <Notice tone="danger" announce>
          {refusal(link.error)}
        </Notice>
      )}
      <Button className="justify-self-start" loading={link.isPending} onClick={link.ask}>
        <Download aria-hidden className="size-4" />
        {t('download')}
      </Button>
    </>
  )
}

function ScanCode() {
  const t = useTranslations('signup.setup')
  const refusal = useRefusal()
  const link = useConfigLink()
  const qr = link.data?.qr

  if (link.data && qr)
    return (
      <figure className="grid justify-items-start gap-2">
        <QrCode code={qr} label={t('scan')} />
        <figcaption className="text-muted">
          {t.rich('validUntil', { when: () => <Moment at={link.data.expiresAt} /> })}
        </figcaption>
      </figure>
    )
  return (
    <>
      {link.error && (
        <Notice tone="danger" announce>
          {refusal(link.error)}
        </Notice>
      )}
      <Button
        variant="primary"
        className="justify-self-start"
        loading={link.isPending}
        onClick={link.ask}
      >
        <QrIcon aria-hidden className="size-4" />
        {t('showCode')}
      </Button>
    </>
  )
}
