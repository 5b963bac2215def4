'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { type SimRow, zRenameSim } from '#server/accounts/schema.sims.ts'
import { useSaid } from './use-said.ts'

type Props = Readonly<{ sim: SimRow | undefined; onClose: () => void }>

const zName = zRenameSim.omit({ account: true })

export function RenameDialog({ sim, onClose }: Props) {
  const t = useTranslations('sims')
  return (
    <Dialog
      isOpen={sim !== undefined}
      onClose={onClose}
      title={sim ? t('renameTitle', { iccid: sim.iccid }) : ''}
      size="sm"
    >
      {sim && <RenameForm key={sim.account} sim={sim} onClose={onClose} />}
    </Dialog>
  )
}

function RenameForm({ sim, onClose }: { sim: SimRow; onClose: () => void }) {
  const t = useTranslations('sims')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const said = useSaid()
  const form = useZodForm(zName, { defaultValues: { name: sim.name } })
  const rename = useMutation(
    trpc.accounts.renameSim.mutationOptions({
      // Naming it the same again is the same as once.
      trpc: { context: idempotent.context },
      onSuccess: () => {
        said({ title: t('renamed') })
        onClose()
      },
    }),
  )

  return (
    <Form
      form={form}
      onSubmit={({ name }) => rename.mutate({ account: sim.account, name })}
      submitError={rename.error}
      loading={rename.isPending}
      className="grid gap-5 pt-2"
    >
      <TextField
        name="name"
        label={t('dialog.name')}
        description={t('dialog.nameHint')}
        autoComplete="off"
        maxLength={100}
        autoFocus
        optional
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{common('save')}</SubmitButton>
      </div>
    </Form>
  )
}
