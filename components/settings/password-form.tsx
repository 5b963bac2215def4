'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { NewPasswordField } from '#components/form/new-password-field.tsx'
import { PasswordField } from '#components/form/text-field.tsx'
import { useRefusedFields } from '#components/form/use-refused-fields.ts'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { isTooCommon, passwordLength, zChangePassword } from '#server/auth/schema.ts'

/** Changes one's own password. */
export function PasswordForm({ login }: { login: string }) {
  const t = useTranslations('settings.password')
  const session = useTranslations('session')
  const trpc = useTRPC()
  const form = useZodForm(zChangePassword, { defaultValues: {} })
  const change = useMutation(
    trpc.auth.changePassword.mutationOptions({
      onSuccess: () => form.reset({ currentPassword: '', newPassword: '' }),
    }),
  )
  const submitError = useRefusedFields(form, change.error, {
    'auth.current_password_wrong': 'currentPassword',
    'auth.password_too_common': 'newPassword',
    'auth.password_unchanged': 'newPassword',
  })

  return (
    <Card className="max-w-xl">
      <Form
        form={form}
        onSubmit={(values) => change.mutate(values)}
        submitError={submitError}
        loading={change.isPending}
      >
        {change.isSuccess && (
          <Notice tone="success" title={t('done')} announce>
            {t('doneText')}
          </Notice>
        )}
        {/* Tells password managers whose password this is. */}
        <input type="text" autoComplete="username" value={login} readOnly hidden />
        <PasswordField
          name="currentPassword"
          label={t('current')}
          autoComplete="current-password"
        />
        <NewPasswordField
          name="newPassword"
          label={session('newPassword')}
          minimum={passwordLength.minimum}
          tooEasy={(password) => isTooCommon(password, login)}
        />
        <FormActions>
          <SubmitButton>{t('submit')}</SubmitButton>
        </FormActions>
      </Form>
    </Card>
  )
}
