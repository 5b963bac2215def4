'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { notify } from '#components/ui/toast.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { GroupView } from '#server/pbx/schema.groups.ts'

/** Removes a hunt group at once; Undo makes it again, with the same members in the same order. */
export function useRemoveGroup(group: GroupView) {
  const t = useTranslations('pbx.groups')
  const common = useTranslations('common')
  const locale = useLocale()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const router = useRouter()
  const refusal = useRefusal()
  const attempt = useAttemptKey()
  const say = (error: unknown) =>
    void notify({ tone: 'danger', title: refusal(error) ?? t('failed') })
  const remove = useMutation(trpc.pbx.removeGroup.mutationOptions())

  const restore = async () => {
    const { name, mode, ringSeconds, members } = group
    try {
      const again = await client.pbx.addGroup.mutate({
        name,
        mode,
        ringSeconds,
        key: attempt.keyFor(group),
      })
      const accounts = members.map((member) => member.account)
      if (accounts.length > 0) {
        await client.pbx.placeMembers.mutate({ group: again.group, accounts })
      }
      router.push(paths.huntGroup(again.group))
    } catch (error) {
      say(error)
    }
  }

  const menus = group.menus.map((menu) => menu.name)
  return {
    loading: remove.isPending || remove.isSuccess,
    disabledReason:
      menus.length === 0
        ? undefined
        : t('inUse', { name: group.name, menus: new Intl.ListFormat(locale).format(menus) }),
    remove: () =>
      remove.mutate(
        { group: group.group },
        {
          onError: say,
          onSuccess() {
            router.push(paths.huntGroups())
            void notify({
              tone: 'success',
              title: t('deleted', { name: group.name }),
              action: { label: common('undo'), onPress: () => void restore() },
            })
          },
        },
      ),
  }
}
