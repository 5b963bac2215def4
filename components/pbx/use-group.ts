'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { notify } from '#components/ui/toast.tsx'
import { placed } from '#server/kernel/order.ts'
import type { GroupMember, GroupView } from '#server/pbx/schema.groups.ts'

/** A hunt group with what has just been done to it: members move at once, the server follows. */
export function useGroup(initial: GroupView) {
  const t = useTranslations('pbx.groups')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const client = useQueryClient()
  const refusal = useRefusal()
  const { group: id } = initial
  const asked = trpc.pbx.group.queryOptions({ group: id })
  const { data: group } = useQuery({ ...asked, initialData: initial })

  const key = ['members of a hunt group', id]
  const settings = {
    mutationKey: key,
    // Where somebody is to be, not how they get there: asking twice is asking once.
    trpc: { context: idempotent.context },
    onError: (error: unknown) =>
      void notify({ tone: 'danger', title: refusal(error) ?? t('failed') }),
    // What the server says between two of our own changes would undo the second for a moment.
    onSettled: () =>
      client.isMutating({ mutationKey: key }) === 1
        ? client.invalidateQueries({ queryKey: asked.queryKey })
        : undefined,
  }
  const place = useMutation(trpc.pbx.placeMembers.mutationOptions(settings))
  const remove = useMutation(trpc.pbx.removeMembers.mutationOptions(settings))

  const show = async (change: (members: GroupMember[]) => GroupMember[]) => {
    await client.cancelQueries({ queryKey: asked.queryKey })
    client.setQueryData(asked.queryKey, (known) =>
      known ? { ...known, members: change(known.members) } : known,
    )
  }

  /** Moves members, or lets new ones in, before another one; last where that is null. */
  const put = (some: readonly GroupMember[], before: number | null) => {
    const accounts = some.map((one) => one.account)
    void show((members) => {
      const known = new Map([...members, ...some].map((one) => [one.account, one]))
      const order = placed(
        members.map((one) => one.account),
        accounts,
        before,
      )
      return order.map((account) => known.get(account)!)
    })
    place.mutate({ group: id, accounts, before })
  }

  const takeOut = (member: GroupMember) => {
    const at = group.members.findIndex((one) => one.account === member.account)
    const next = group.members[at + 1]?.account ?? null
    void show((members) => members.filter((one) => one.account !== member.account))
    remove.mutate(
      { group: id, accounts: [member.account] },
      {
        onSuccess: () =>
          void notify({
            tone: 'success',
            title: t('removed', { extension: member.extension, name: group.name }),
            action: { label: common('undo'), onPress: () => put([member], next) },
          }),
      },
    )
  }

  return {
    group,
    put,
    takeOut,
    refetch: () => client.invalidateQueries({ queryKey: asked.queryKey }),
  }
}
