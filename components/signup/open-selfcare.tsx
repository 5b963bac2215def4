'use client'

import { useMutation } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '#components/trpc/client.tsx'
import { refusedBy } from '#components/trpc/refusal.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button, LinkButton } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { paths } from '#server/kernel/routes.ts'
import { useSite } from './site-context.tsx'

/** Straight into self-care by a door that opens once; a password of one's own is asked for there. */
export function OpenSelfcare() {
  const t = useTranslations('signup.done')
  const { site } = useSite()
  const { signup } = useTRPCClient()
  const refusal = useRefusal()
  const open = useMutation({
    async mutationFn() {
      const [{ door }, { signIn }] = await Promise.all([
        signup.openSelfcare.mutate({ site: site.site }),
        import('next-auth/react'),
      ])
      const answer = await signIn('door', { door, redirect: false })
      if (!answer?.ok) throw new Error(answer?.error ?? 'Not signed in.')
      // Another part of the site, for somebody else now: loaded afresh.
      location.assign(paths.home())
    },
  })

  const closed = refusedBy(open.error)?.code === 'signup.confirmation_closed'
  return (
    <div className="grid justify-items-start gap-3">
      {open.error && (
        <Notice tone={closed ? 'info' : 'danger'} announce>
          {refusal(open.error)}
        </Notice>
      )}
      {closed ? (
        <LinkButton variant="primary" size="lg" href={paths.login()}>
          {t('signIn')}
        </LinkButton>
      ) : (
        <Button
          variant="primary"
          size="lg"
          loading={open.isPending || open.isSuccess}
          onClick={() => open.mutate()}
        >
          {t('openSelfcare')}
          <ArrowRight aria-hidden className="size-4 rtl:-scale-x-100" />
        </Button>
      )}
      <p className="text-sm text-muted">{t('firstPassword')}</p>
    </div>
  )
}
