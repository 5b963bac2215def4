'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Notice } from '#components/ui/notice.tsx'
import { TextSkeleton } from '#components/ui/skeleton.tsx'
import type { TabProps } from './extension-drawer.tsx'
import { PhoneSetup } from './phone-setup.tsx'

/** Its phone, and the link or code by which the phone gets its settings. */
export function DrawerDevice({ line: { account } }: TabProps) {
  const trpc = useTRPC()
  const sentence = useRefusal()
  const device = useQuery(trpc.devices.mine.queryOptions({ account }))

  if (device.error) return <Notice tone="danger">{sentence(device.error)}</Notice>
  if (device.data === undefined) return <TextSkeleton lines={5} />
  return <PhoneSetup account={account} device={device.data} mayChoose />
}
