'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { TextLink } from '#components/ui/button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import { TextSkeleton } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { AccountAct } from '#server/accounts/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import type { TabProps } from './extension-drawer.tsx'

/** Who did what to it, newest first: what it was and what it is since. */
export function DrawerActivity({ line: { account } }: TabProps) {
  const t = useTranslations('pbx.activity')
  const trpc = useTRPC()
  const sentence = useRefusal()
  const acts = useQuery(trpc.accounts.activity.queryOptions({ account }))

  if (acts.error) return <Notice tone="danger">{sentence(acts.error)}</Notice>
  if (!acts.data) return <TextSkeleton lines={6} />
  if (acts.data.length === 0) return <p className="text-sm text-muted">{t('none')}</p>
  return (
    <div className="grid gap-3">
      <ol className="divide-y divide-separator">
        {acts.data.map((act) => (
          <Act key={act.id} act={act} />
        ))}
      </ol>
      <TextLink href={`${paths.activity()}?about=account.${account}`}>{t('all')}</TextLink>
    </div>
  )
}

function Act({ act }: { act: AccountAct }) {
  const t = useTranslations('pbx.activity')
  const said = `actions.${act.action.replace('.', '_')}` as never

  return (
    <li className="grid gap-1 py-3 text-sm first:pt-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{t.has(said) ? t(said) : act.action}</span>
        <span className="text-[0.8125rem] text-muted">
          {act.actor} · <RelativeTime at={act.at} />
        </span>
      </p>
      <Changes act={act} />
    </li>
  )
}

/** Fields that are the same before and after, or name the account, say nothing. */
function Changes({ act: { before, after } }: { act: AccountAct }) {
  const t = useTranslations('pbx.activity')
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => name !== 'id' && text(before?.[name]) !== text(after?.[name]),
  )
  if (names.length === 0) return null

  return (
    <dl className="grid gap-0.5 text-muted">
      {names.map((name) => {
        const label = `fields.${name}` as never
        return (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt>{t.has(label) ? t(label) : name}:</dt>
            <dd className="min-w-0 break-words text-foreground">
              {text(before?.[name]) !== '' && <del className="me-1.5">{text(before?.[name])}</del>}
              {text(after?.[name]) !== '' && (
                <ins className="no-underline">{text(after?.[name])}</ins>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function text(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(text).join(', ')
  if (typeof value === 'object') return JSON.stringify(value)
  return /^[1-9]\d{10,14}$/.test(String(value)) ? formatPhone(String(value)) : String(value)
}
