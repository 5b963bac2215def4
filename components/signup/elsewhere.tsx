'use client'

import { useMutation } from '@tanstack/react-query'
import { MailCheck, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { useSite } from './site-context.tsx'
import { useDraft } from './use-draft.ts'
import { useSigningUp } from './use-signing-up.ts'

/** A link by mail that goes on from here on a phone, a computer, tomorrow. */
export function Elsewhere() {
  const t = useTranslations('signup.elsewhere')
  const { site } = useSite()
  const trpc = useTRPC()
  const refusal = useRefusal()
  const mail = useMutation(trpc.signup.mailResume.mutationOptions())
  const signingUp = useSigningUp()
  const email = useDraft()?.address?.email
  if (!email || signingUp) return null

  return (
    <div className="mt-10 border-t border-separator pt-4 text-sm text-muted">
      <div role="status">
        {mail.isSuccess && (
          <p className="flex items-start gap-2">
            <MailCheck aria-hidden className="mt-1 size-4 flex-none text-success-text" />
            {t('sent', { email })}
          </p>
        )}
        {mail.isError && <p className="text-danger-text">{refusal(mail.error)}</p>}
      </div>
      {!mail.isSuccess && (
        <Button
          variant="ghost"
          size="sm"
          className="-ms-3 text-muted"
          loading={mail.isPending}
          onClick={() => mail.mutate({ site: site.site })}
        >
          <Smartphone aria-hidden className="size-4" />
          {t('send')}
        </Button>
      )}
    </div>
  )
}
