'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { TextSkeleton } from '#components/ui/skeleton.tsx'
import type { TabProps } from './extension-drawer.tsx'
import { PhoneSetup } from './phone-setup.tsx'

/** Its phone, and the link or code by which the phone gets its settings. */
export function DrawerDevice({ line: { account } }: TabProps) {
  const trpc = useTRPC()
  const sentence = useRefusal()
  // Its settings hold a password: who may not have them is not shown them.
  const notMine = useWhyNotMine()('account:config')
  const device = useQuery({
    ...trpc.devices.mine.queryOptions({ account }),
    enabled: notMine === undefined,
  })

  if (notMine) return <Notice tone="info">{notMine}</Notice>
  if (device.error) return <Notice tone="danger">{sentence(device.error)}</Notice>
  if (device.data === undefined) return <TextSkeleton lines={5} />
  return <PhoneSetup account={account} device={device.data} mayChoose />
}
