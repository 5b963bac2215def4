'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { LineBlocks } from '#components/blocks/line-blocks.tsx'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { AccountStatusChip } from '#components/ui/account-status.tsx'
import { Drawer } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { TextSkeleton } from '#components/ui/skeleton.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { whyNot } from '#server/accounts/schema.moves.ts'
import type { EndedAccount } from '#server/accounts/schema.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import type { ExtensionRow } from '#server/pbx/schema.ts'
import { DrawerActivity } from './drawer-activity.tsx'
import { DrawerAddons } from './drawer-addons.tsx'
import { DrawerDevice } from './drawer-device.tsx'
import { DrawerGeneral } from './drawer-general.tsx'
import { DrawerGroups } from './drawer-groups.tsx'
import { DrawerNumbers } from './drawer-numbers.tsx'
import { EndedNotice } from './ended-notice.tsx'
import { drawerTabs } from './extension-query.ts'
import { useAddress } from './use-address.ts'
import { useWhyNot } from './why-not.ts'

type Props = Readonly<{ places: readonly PlacesView[]; support: Me['support'] }>

/** What every tab is told: the extension, what the agreement has for it, and why it can't be changed. */
export type TabProps = Props &
  Readonly<{
    line: ExtensionRow
    /** The rule in the way of any change, as a sentence. */
    locked: string | undefined
    onEnded: (ended: EndedAccount) => void
  }>

/** The tabs in their order; a tab more is a line more. */
const contents = {
  general: DrawerGeneral,
  numbers: DrawerNumbers,
  device: DrawerDevice,
  addons: DrawerAddons,
  groups: DrawerGroups,
  blocks: LineBlocks,
  activity: DrawerActivity,
} as const satisfies Record<(typeof drawerTabs)[number], (props: TabProps) => React.ReactNode>

/** One extension beside the list it was opened from: the address says which, and on which tab. */
export function ExtensionDrawer({ places, support }: Props) {
  const t = useTranslations('pbx.drawer')
  const trpc = useTRPC()
  const sentence = useRefusal()
  const address = useAddress()
  const reason = useWhyNot()
  const open = address.get('open')
  const [ended, setEnded] = useState<EndedAccount>()
  const tab = drawerTabs.find((id) => id === address.get('tab')) ?? 'general'
  const found = useQuery({
    ...trpc.pbx.extension.queryOptions({ extension: open ?? '' }),
    enabled: open !== undefined && ended === undefined,
  })
  const line = open === undefined ? undefined : found.data
  const notMine = useWhyNotMine()('extensions:write')
  const locked = notMine ?? (line && reason(whyNot('edit', line, 'customer')))

  // Another one is open now, or none.
  useEffect(() => setEnded(undefined), [open])

  return (
    <Drawer
      isOpen={open !== undefined}
      onClose={() => address.go({ open: undefined, tab: undefined })}
      size="lg"
      title={t('title', { extension: open ?? '' })}
      description={line && [line.name, line.accountId].filter(Boolean).join(' · ')}
      header={
        line &&
        !ended && (
          <p className="pt-1">
            <AccountStatusChip status={line.status} blockedBy={line.blockedBy} />
          </p>
        )
      }
    >
      {ended ? (
        <EndedNotice ended={ended} onRestored={() => setEnded(undefined)} />
      ) : line ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {locked && <Notice tone="warning">{locked}</Notice>}
          <Tabs
            label={t('tabs.label')}
            selected={tab}
            onSelect={(id) =>
              id !== tab && address.swap({ tab: id === 'general' ? undefined : id })
            }
            tabs={drawerTabs.map((id) => {
              const Content = contents[id]
              return {
                id,
                label: t(`tabs.${id}`),
                content: (
                  <Content
                    key={line.account}
                    line={line}
                    locked={locked}
                    places={places}
                    support={support}
                    onEnded={setEnded}
                  />
                ),
              }
            })}
          />
        </div>
      ) : found.error ? (
        <Notice tone="danger">{sentence(found.error)}</Notice>
      ) : (
        <TextSkeleton lines={6} />
      )}
    </Drawer>
  )
}
