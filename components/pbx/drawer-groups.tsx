'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { LinkButton, TextLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextSkeleton } from '#components/ui/skeleton.tsx'
import { notify } from '#components/ui/toast.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { Membership } from '#server/pbx/schema.groups.ts'
import type { TabProps } from './extension-drawer.tsx'

/** The hunt groups it rings in: ticked and unticked at once. */
export function DrawerGroups({ line, locked }: TabProps) {
  const t = useTranslations('pbx.groups')
  const trpc = useTRPC()
  const client = useQueryClient()
  const refusal = useRefusal()
  const { account } = line
  const asked = trpc.pbx.membershipsOf.queryOptions({ account })
  const found = useQuery(asked)
  const settings = {
    // Where it is to be, not how it gets there: asking twice is asking once.
    trpc: { context: idempotent.context },
    onError: (error: unknown) =>
      void notify({ tone: 'danger', title: refusal(error) ?? t('failed') }),
    onSettled: () => client.invalidateQueries({ queryKey: trpc.pbx.pathKey() }),
  }
  const place = useMutation(trpc.pbx.placeMembers.mutationOptions(settings))
  const remove = useMutation(trpc.pbx.removeMembers.mutationOptions(settings))

  const toggle = async ({ group, member }: Membership) => {
    await client.cancelQueries({ queryKey: asked.queryKey })
    client.setQueryData(asked.queryKey, (known) =>
      known?.map((one) => (one.group === group ? { ...one, member: !member } : one)),
    )
    if (member) remove.mutate({ group, accounts: [account] })
    else place.mutate({ group, accounts: [account] })
  }

  if (found.error) return <Notice tone="danger">{refusal(found.error)}</Notice>
  if (!found.data) return <TextSkeleton lines={4} />
  if (found.data.length === 0) {
    return (
      <EmptyState
        title={t('emptyTitle')}
        action={<LinkButton href={paths.huntGroups()}>{t('add')}</LinkButton>}
      >
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <ul className="grid">
      {found.data.map((membership) => (
        <Row key={membership.group} membership={membership} locked={locked} onToggle={toggle} />
      ))}
    </ul>
  )
}

type RowProps = Readonly<{
  membership: Membership
  locked: string | undefined
  onToggle: (membership: Membership) => void
}>

function Row({ membership, locked, onToggle }: RowProps) {
  const t = useTranslations('pbx.groups')
  const id = useId()
  const { group, name, mode, member } = membership

  return (
    <li className="flex min-h-11 items-center gap-3 border-b border-separator text-sm last:border-0">
      <input
        id={id}
        type="checkbox"
        className="tick"
        checked={member}
        // Why, says the notice above.
        disabled={locked !== undefined}
        onChange={() => onToggle(membership)}
      />
      <label htmlFor={id} className="min-w-0 flex-1 cursor-pointer">
        {name}
        <span className="ms-2 text-muted">{t(`modes.${mode}`)}</span>
      </label>
      <TextLink href={paths.huntGroup(group)} aria-label={t('openOf', { name })}>
        {t('open')}
      </TextLink>
    </li>
  )
}
