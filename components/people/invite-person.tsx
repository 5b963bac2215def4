'use client'

import { useMutation } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { RadioCards } from '#components/form/radio-cards.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog, preloadOverlay } from '#components/ui/dialog.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import { roles } from '#server/auth/schema.people.ts'
import { invitationDays, zInvite } from '#server/people/schema.ts'

/** Asks a colleague to join. */
export function InvitePerson() {
  const t = useTranslations('people')
  const disabledReason = useWhyNotMine()('people:write')
  const [isOpen, setOpen] = useState(false)
  const [n, setN] = useState(0)
  const open = () => {
    setN(n + 1)
    setOpen(true)
  }

  return (
    <>
      <ActionButton
        variant="primary"
        disabledReason={disabledReason}
        onPointerEnter={preloadOverlay}
        onClick={open}
      >
        <UserPlus aria-hidden />
        {t('invite')}
      </ActionButton>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('invite')}
        description={t('inviteText', { days: invitationDays })}
        keepOnOutsideClick
      >
        <InviteForm key={n} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations('people')
  const common = useTranslations('common')
  const trpc = useTRPC()
  const router = useRouter()
  const form = useZodForm(zInvite, { defaultValues: { name: '', email: '', role: 'read_only' } })
  const invite = useMutation(
    trpc.people.invite.mutationOptions({
      onSuccess(_, { email }) {
        notify({ tone: 'success', title: t('invited', { email }) })
        onClose()
        router.refresh()
      },
    }),
  )
  const submitError = useRefusedFields(form, invite.error, { 'people.exists': 'email' })

  return (
    <Form
      form={form}
      onSubmit={(values) => invite.mutate(values)}
      submitError={submitError}
      loading={invite.isPending}
    >
      <TextField name="name" label={t('columns.name')} autoComplete="off" maxLength={120} />
      <TextField
        name="email"
        type="email"
        inputMode="email"
        label={t('columns.email')}
        autoComplete="off"
        maxLength={200}
      />
      <RadioCards
        name="role"
        label={t('columns.role')}
        options={roles.map((role) => ({
          value: role,
          label: t(`roles.${role}`),
          description: t(`rolesText.${role}`),
        }))}
      />
      <FormActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <SubmitButton>{t('send')}</SubmitButton>
      </FormActions>
    </Form>
  )
}
