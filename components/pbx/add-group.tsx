'use client'

import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useAttemptKey } from '#components/form/use-attempt-key.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { paths } from '#server/kernel/routes.ts'
import { ringSeconds } from '#server/pbx/schema.groups.ts'
import { GroupDialog, type GroupValues } from './group-dialog.tsx'

const usual: GroupValues = { name: '', mode: 'simultaneous', ringSeconds: ringSeconds.usual }

/** A new hunt group; its members are chosen on its own page. */
export function AddGroup() {
  const t = useTranslations('pbx.groups')
  const trpc = useTRPC()
  const router = useRouter()
  const attempt = useAttemptKey()
  const notMine = useWhyNotMine()('groups:write')
  const [isOpen, setOpen] = useState(false)
  const add = useMutation(
    trpc.pbx.addGroup.mutationOptions({
      // The key makes asking again the same as asking once.
      trpc: { context: idempotent.context },
      onSuccess: ({ group }) => router.push(paths.huntGroup(group)),
    }),
  )

  return (
    <>
      <ActionButton variant="primary" disabledReason={notMine} onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t('add')}
      </ActionButton>
      <GroupDialog
        isOpen={isOpen}
        onClose={() => {
          setOpen(false)
          add.reset()
        }}
        title={t('addTitle')}
        submitLabel={t('addSubmit')}
        values={usual}
        onSubmit={(values) => add.mutate({ ...values, key: attempt.keyFor(values) })}
        submitError={add.error}
        loading={add.isPending || add.isSuccess}
      />
    </>
  )
}
