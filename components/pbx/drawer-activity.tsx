'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { ActivityList } from '#components/activity/activity-list.tsx'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { TextLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextSkeleton } from '#components/ui/skeleton.tsx'
import { queryOf } from '#server/activity/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import type { TabProps } from './extension-drawer.tsx'

/** Who did what to it, as the activity of the company tells it; the newest page of it. */
export function DrawerActivity({ line: { account } }: TabProps) {
  const t = useTranslations('pbx.activity')
  const trpc = useTRPC()
  const sentence = useRefusal()
  const about = `about=account.${account}`
  const asked = queryOf(Object.fromEntries(new URLSearchParams(about)))
  const found = useQuery(trpc.activity.mine.queryOptions(asked))

  if (found.error) return <Notice tone="danger">{sentence(found.error)}</Notice>
  if (!found.data) return <TextSkeleton lines={6} />
  const { rows, timeZone } = found.data
  if (rows.length === 0) return <p className="text-sm text-muted">{t('none')}</p>
  return (
    <div className="grid gap-4">
      <div className="overflow-clip rounded-[0.5rem] border border-separator">
        <ActivityList rows={rows} timeZone={timeZone} headingLevel={3} />
      </div>
      <TextLink href={`${paths.activity()}?${about}`}>{t('all')}</TextLink>
    </div>
  )
}
