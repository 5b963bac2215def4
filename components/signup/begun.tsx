'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { Button, LinkButton } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { DraftView } from '#server/signup/schema.ts'
import { useSite } from './site-context.tsx'
import { isUnderWay, stepFor } from './steps.ts'
import { forgetAll } from './stored.ts'
import { useDraft, useDraftCache, useGo } from './use-draft.ts'

/** On the main page: the signup this browser is in the middle of, one a mail leads back to, or none. */
export function Begun({ lapsed }: { lapsed: boolean }) {
  const t = useTranslations('signup.begun')
  const draft = useDraft()
  const resuming = useMailedLink()
  const refusal = useRefusal()

  if (resuming.isPending || resuming.isSuccess)
    return (
      <Notice tone="info" announce>
        <span className="flex items-center gap-2">
          <Spinner /> {t('resuming')}
        </span>
      </Notice>
    )
  return (
    <>
      {resuming.error && (
        <Notice tone="warning" announce>
          {refusal(resuming.error)}
        </Notice>
      )}
      {draft && draft.step !== 'plan' && <Continue draft={draft} />}
      {lapsed && !draft && <Notice tone="info">{t('lapsed')}</Notice>}
    </>
  )
}

function Continue({ draft }: { draft: DraftView }) {
  const t = useTranslations('signup.begun')
  const { site } = useSite()
  const trpc = useTRPC()
  const refusal = useRefusal()
  const cache = useDraftCache()
  const queryClient = useQueryClient()
  const leave = useMutation(
    trpc.signup.startOver.mutationOptions({
      async onSuccess() {
        forgetAll(site.site)
        cache.write(null)
        await queryClient.invalidateQueries({ queryKey: trpc.signup.pathKey() })
      },
    }),
  )

  const state =
    draft.step === 'done' ? 'done' : isUnderWay(draft.order) ? 'underWay' : ('begun' as const)
  const next = draft.step === 'done' ? 'done' : stepFor(draft, draft.step)
  return (
    <Notice
      tone={state === 'done' ? 'success' : 'info'}
      title={t(`${state}.title`, { plan: draft.plan.name })}
      actions={
        <>
          <LinkButton size="sm" variant="primary" href={paths.signup(site.site, next)}>
            {t(`${state}.go`)}
          </LinkButton>
          {state !== 'underWay' && (
            <Button
              size="sm"
              loading={leave.isPending}
              onClick={() => leave.mutate({ site: site.site })}
            >
              {t(`${state}.leave`)}
            </Button>
          )}
        </>
      }
    >
      {leave.error ? refusal(leave.error) : t(`${state}.text`)}
    </Notice>
  )
}

/** Opens the signup of a mailed link: its token stands after the hash, where no server sees it. */
function useMailedLink() {
  const { site } = useSite()
  const trpc = useTRPC()
  const cache = useDraftCache()
  const { replace } = useGo()
  const resume = useMutation(
    trpc.signup.resume.mutationOptions({
      onSuccess(draft) {
        forgetAll(site.site)
        cache.write(draft)
        replace(paths.signup(site.site, stepFor(draft, draft.step)))
      },
    }),
  )

  // Once; the link opens once.
  useEffect(() => {
    const token = /^#resume=([\w-]{20,100})$/.exec(location.hash)?.[1]
    if (!token) return
    history.replaceState(history.state, '', location.pathname)
    resume.mutate({ site: site.site, token })
  }, [])

  return resume
}
