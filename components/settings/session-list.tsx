'use client'

import { useMutation } from '@tanstack/react-query'
import { Laptop, Smartphone } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { SessionRow } from '#server/auth/schema.ts'
import { programOf } from './program.ts'

/** Where I am signed in; any of it can be ended at once. */
export function SessionList({ sessions }: { sessions: readonly SessionRow[] }) {
  const t = useTranslations('settings.sessions')
  const trpc = useTRPC()
  const router = useRouter()
  const sentence = useRefusal()
  const endOthers = useMutation(
    trpc.auth.endOtherSessions.mutationOptions({
      // Ending what has ended is the same as ending it once.
      trpc: { context: idempotent.context },
      onSuccess: () => notify({ tone: 'success', title: t('othersEnded') }),
      onSettled: () => router.refresh(),
    }),
  )
  const end = useMutation(
    trpc.auth.endSession.mutationOptions({
      onSuccess: () => notify({ tone: 'success', title: t('ended') }),
      onSettled: () => router.refresh(),
    }),
  )
  const refusal = sentence(end.error ?? endOthers.error)
  const own = [...sessions].sort((a, b) => Number(b.current) - Number(a.current))

  return (
    <div className="grid max-w-3xl gap-4">
      {refusal && (
        <Notice tone="danger" announce>
          {refusal}
        </Notice>
      )}
      <Card padding="none">
        <ul className="divide-y divide-separator">
          {own.map((session) => (
            <Session
              key={session.session}
              session={session}
              ending={end.isPending && end.variables.session === session.session}
              onEnd={() => end.mutate({ session: session.session })}
            />
          ))}
        </ul>
      </Card>
      <div className="flex justify-end">
        <ActionButton
          variant="danger-soft"
          loading={endOthers.isPending}
          disabledReason={sessions.length < 2 ? t('noOthers') : undefined}
          onClick={() => endOthers.mutate()}
        >
          {t('endOthers')}
        </ActionButton>
      </div>
    </div>
  )
}

type Props = Readonly<{ session: SessionRow; ending: boolean; onEnd: () => void }>

function Session({ session, ending, onEnd }: Props) {
  const t = useTranslations('settings.sessions')
  const { browser, system, handheld } = programOf(session.userAgent)
  const name =
    browser && system ? t('browserOn', { browser, system }) : (browser ?? system ?? t('unknown'))
  const Icon = handheld ? Smartphone : Laptop

  return (
    <li className="flex items-center gap-4 px-4 py-3.5 sm:px-5">
      <Icon aria-hidden className="size-5 flex-none text-muted" />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {name}
          {session.current && <StatusChip tone="success">{t('current')}</StatusChip>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          <span className="break-all">{t('from', { ip: session.ip })}</span>
          <span>
            {t('since')} <RelativeTime at={session.createdAt} wall />
          </span>
          <span>
            {t('seen')} <RelativeTime at={session.lastSeenAt} wall />
          </span>
        </p>
      </div>
      {!session.current && (
        <Button
          size="sm"
          loading={ending}
          aria-label={t('endOf', { browser: name, ip: session.ip })}
          onClick={onEnd}
        >
          {t('end')}
        </Button>
      )}
    </li>
  )
}
