'use client'

import { useMutation } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { GroupView } from '#server/pbx/schema.groups.ts'
import { GroupDialog } from './group-dialog.tsx'

type Props = Readonly<{ group: GroupView; onSaved: () => Promise<unknown> }>

export function EditGroup({ group, onSaved }: Props) {
  const t = useTranslations('pbx.groups')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const notMine = useWhyNotMine()('groups:write')
  const [isOpen, setOpen] = useState(false)
  const edit = useMutation(
    trpc.pbx.editGroup.mutationOptions({
      // What it shall be, not what changes: asking twice is asking once.
      trpc: { context: idempotent.context },
      async onSuccess(_, { name }) {
        await onSaved()
        setOpen(false)
        void notify({ tone: 'success', title: t('saved', { name: name ?? group.name }) })
      },
    }),
  )
  const { name, mode, ringSeconds } = group

  return (
    <>
      <ActionButton
        disabledReason={notMine}
        onClick={() => {
          edit.reset()
          setOpen(true)
        }}
      >
        <Pencil aria-hidden />
        {t('edit')}
      </ActionButton>
      <GroupDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('editTitle', { name })}
        submitLabel={common('save')}
        values={{ name, mode, ringSeconds }}
        onSubmit={(values) => edit.mutate({ group: group.group, ...values })}
        submitError={edit.error}
        loading={edit.isPending}
      />
    </>
  )
}
