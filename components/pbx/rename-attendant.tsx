'use client'

import { useMutation } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog, preloadOverlay } from '#components/ui/dialog.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { whyNot } from '#server/accounts/schema.moves.ts'
import { type AttendantView, zEditAttendant } from '#server/pbx/schema.menus.ts'
import { useWhyNot } from './why-not.ts'

const zName = zEditAttendant.pick({ name: true }).required()

export function RenameAttendant({ attendant }: { attendant: AttendantView }) {
  const t = useTranslations('pbx.attendants')
  const say = useWhyNot()
  const notMine = useWhyNotMine()('attendants:write')
  const [isOpen, setOpen] = useState(false)

  return (
    <>
      <ActionButton
        disabledReason={notMine ?? say(whyNot('edit', attendant, 'customer'))}
        onPointerEnter={preloadOverlay}
        onClick={() => setOpen(true)}
      >
        <Pencil aria-hidden />
        {t('rename')}
      </ActionButton>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        size="sm"
        title={t('renameTitle', { name: attendant.name })}
      >
        <NameForm attendant={attendant} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function NameForm({ attendant, onClose }: { attendant: AttendantView; onClose: () => void }) {
  const t = useTranslations('pbx')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const router = useRouter()
  const form = useZodForm(zName, { defaultValues: { name: attendant.name } })
  const edit = useMutation(
    trpc.pbx.editAttendant.mutationOptions({
      trpc: { context: idempotent.context },
      onSuccess() {
        router.refresh()
        onClose()
      },
    }),
  )

  return (
    <Form
      form={form}
      onSubmit={({ name }) => edit.mutate({ account: attendant.account, name })}
      submitError={edit.error}
      loading={edit.isPending}
    >
      <TextField
        name="name"
        label={t('add.name')}
        description={t('attendants.nameHint')}
        autoComplete="off"
        maxLength={100}
        autoFocus
      />
      <FormActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{common('save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}
