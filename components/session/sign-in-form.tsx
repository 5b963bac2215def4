'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Form, SubmitButton } from '#components/form/form.tsx'
import { PasswordField, TextField } from '#components/form/text-field.tsx'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { refusedBy } from '#components/trpc/refusal.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Countdown } from '#components/ui/time.tsx'
import { type SignIn, zSignIn } from '#server/auth/schema.ts'
import { signIn } from './sign-in.ts'

type Throttle = Readonly<{ from: string; until: string }>

/** One form for every realm; whoever it lets in is led to their own pages. */
export function SignInForm({ to }: { to: string }) {
  const t = useTranslations('session.login')
  // No default values: what a browser filled in before this ran would be wiped by them.
  const form = useZodForm(zSignIn, { defaultValues: {} })
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [throttle, setThrottle] = useState<Throttle>()

  async function submit(given: SignIn) {
    setPending(true)
    setFailure(undefined)
    try {
      await signIn({ provider: 'password', ...given })
      // A fresh page: nothing of whoever was here before stays in memory.
      location.assign(to)
    } catch (error) {
      setPending(false)
      const wait = secondsToWait(error)
      if (wait > 0) return setThrottle(throttleFor(wait))

      setFailure(error)
      form.resetField('password', { defaultValue: '' })
      form.setFocus('password')
    }
  }

  return (
    <Form form={form} onSubmit={submit} submitError={failure} loading={pending}>
      <TextField
        name="login"
        label={t('login')}
        autoComplete="username"
        autoFocus
        maxLength={200}
      />
      <PasswordField name="password" label={t('password')} autoComplete="current-password" />
      {throttle && (
        <Notice tone="warning" title={t('throttled')} announce>
          <Countdown
            key={throttle.until}
            label={t('waitLeft')}
            serverNow={throttle.from}
            until={throttle.until}
            onEnd={() => setThrottle(undefined)}
          />
        </Notice>
      )}
      <SubmitButton fullWidth disabledReason={throttle && t('waitReason')}>
        {t('submit')}
      </SubmitButton>
    </Form>
  )
}

function secondsToWait(error: unknown): number {
  const refused = refusedBy(error)
  return refused?.code === 'auth.sign_in_throttled' ? Number(refused.details.seconds) || 0 : 0
}

/** The server says how long, so both ends can be by the visitor's own clock. */
function throttleFor(seconds: number): Throttle {
  const now = Date.now()
  return {
    from: new Date(now).toISOString(),
    until: new Date(now + seconds * 1_000).toISOString(),
  }
}
