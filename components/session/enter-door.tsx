'use client'

import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import { refusedBy } from '#components/trpc/refusal.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button, LinkButton } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { zDoor } from '#server/auth/schema.ts'
import { paths } from '#server/kernel/routes.ts'
import { signIn } from './sign-in.ts'

const hashChanges = (changed: () => void) => {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

/** The door of this page's address: after the hash, so the server knows nothing of it. */
function useDoor(): string | undefined {
  const hash = useSyncExternalStore(
    hashChanges,
    () => location.hash,
    () => undefined,
  )
  return hash === undefined ? undefined : (new URLSearchParams(hash.slice(1)).get('door') ?? '')
}

/** Opens the door at a press and not before: mail scanners follow links, but press nothing. */
export function EnterDoor() {
  const door = useDoor()
  const t = useTranslations('session.enter')
  const sentence = useRefusal()
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const broken = door !== undefined && !zDoor.safeParse({ door }).success
  const spent = refusedBy(failure)?.code === 'auth.link_lapsed'

  async function enter() {
    setPending(true)
    setFailure(undefined)
    try {
      await signIn({ provider: 'door', door: door ?? '' })
      // In place of this page: the way back would lead to a link that is spent.
      location.replace(paths.home())
    } catch (error) {
      setPending(false)
      setFailure(error)
    }
  }

  return (
    <div className="grid gap-4">
      {!spent && (
        <p className="-mt-5 mb-1 text-sm text-muted">{broken ? t('missing') : t('text')}</p>
      )}
      {failure !== undefined && (
        <Notice tone={spent ? 'warning' : 'danger'} announce>
          {spent ? t('lapsed') : sentence(failure)}
        </Notice>
      )}
      {spent || broken ? (
        <LinkButton variant="primary" fullWidth href={paths.login()}>
          {t('toLogin')}
        </LinkButton>
      ) : (
        <Button variant="primary" size="lg" fullWidth loading={pending} onClick={enter}>
          {t('button')}
        </Button>
      )}
    </div>
  )
}
