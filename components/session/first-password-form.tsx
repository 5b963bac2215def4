'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { NewPasswordField } from '#components/form/new-password-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { isTooCommon, passwordLength, zFirstPassword } from '#server/auth/schema.ts'

/** The change that the first sign-in demands; then straight into self-care. */
export function FirstPasswordForm({ login, to }: { login: string; to: string }) {
  const t = useTranslations('session')
  const trpc = useTRPC()
  const form = useZodForm(zFirstPassword, { defaultValues: {} })
  const change = useMutation(
    trpc.auth.firstPassword.mutationOptions({ onSuccess: () => location.assign(to) }),
  )
  const submitError = useRefusedFields(form, change.error, {
    'auth.password_too_common': 'newPassword',
    'auth.password_unchanged': 'newPassword',
  })

  return (
    <Form
      form={form}
      onSubmit={(values) => change.mutate(values)}
      submitError={submitError}
      loading={change.isPending || change.isSuccess}
    >
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" value={login} readOnly hidden />
      <NewPasswordField
        name="newPassword"
        label={t('newPassword')}
        minimum={passwordLength.minimum}
        tooEasy={(password) => isTooCommon(password, login)}
      />
      <SubmitButton fullWidth>{t('welcome.submit')}</SubmitButton>
    </Form>
  )
}
