'use client'

import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { refusedBy } from '#components/trpc/refusal.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyField } from '#components/ui/copy-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Credentials as Secrets } from '#server/signup/schema.ts'
import { useSite } from './site-context.tsx'

type Props = Readonly<{
  /** False once they have been shown, here or in another tab. */
  waiting: boolean
  login: string
}>

/** The first passwords: shown at a press, once, and kept nowhere. */
export function Credentials({ waiting, login }: Props) {
  const t = useTranslations('signup.credentials')
  const { site } = useSite()
  const trpc = useTRPC()
  const refusal = useRefusal()
  const reveal = useMutation(trpc.signup.reveal.mutationOptions())

  if (reveal.data) return <Shown secrets={reveal.data} />
  const shown = !waiting || refusedBy(reveal.error)?.code === 'signup.credentials_shown'
  return (
    <Card title={t('title')}>
      <div className="grid gap-4 text-sm">
        {shown ? (
          <p className="text-muted">{t.rich('shownBefore', { login: () => <b>{login}</b> })}</p>
        ) : (
          <>
            <p>{t('once')}</p>
            {reveal.error && (
              <Notice tone="danger" announce>
                {refusal(reveal.error)}
              </Notice>
            )}
            <Button
              className="justify-self-start"
              loading={reveal.isPending}
              onClick={() => reveal.mutate({ site: site.site })}
            >
              <KeyRound aria-hidden className="size-4" />
              {t('show')}
            </Button>
          </>
        )}
      </div>
    </Card>
  )
}

function Shown({ secrets }: { secrets: Secrets }) {
  const t = useTranslations('signup.credentials')
  const { sip, selfcare } = secrets
  return (
    <Card title={t('title')}>
      <div className="grid gap-5">
        <Notice tone="warning" announce>
          {t('keepThem')}
        </Notice>
        <section className="grid gap-3">
          <h3 className="text-sm font-semibold">{t('selfcare')}</h3>
          <div className="grid gap-3 sm:grid-cols-2">
            <CopyField label={t('login')} value={selfcare.login} />
            <CopyField label={t('password')} value={selfcare.password} />
          </div>
        </section>
        <section className="grid gap-3">
          <h3 className="text-sm font-semibold">{t('sip')}</h3>
          <div className="grid gap-3 sm:grid-cols-2">
            <CopyField label={t('username')} value={sip.username} />
            <CopyField label={t('sipPassword')} value={sip.password} />
            <CopyField label={t('domain')} value={sip.domain} />
          </div>
        </section>
      </div>
    </Card>
  )
}
