'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useEarlyBox } from '#components/form/use-early-box.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { notify } from '#components/ui/toast.tsx'
import type { NotificationsView } from '#server/people/schema.notifications.ts'

type Notice = NotificationsView['notices'][number]

/** A switch a kind of mail, each saved as it is turned. */
export function NotificationList({ notices }: { notices: readonly Notice[] }) {
  return (
    <ul className="divide-y divide-separator border-t border-separator">
      {notices.map((notice) => (
        <NoticeSwitch key={notice.kind} notice={notice} />
      ))}
    </ul>
  )
}

function NoticeSwitch({ notice: { kind, wanted } }: { notice: Notice }) {
  const t = useTranslations('settings.notifications')
  const trpc = useTRPC()
  const sentence = useRefusal()
  const id = useId()
  const [on, setOn] = useState(wanted)
  const set = useMutation(
    trpc.people.setNotification.mutationOptions({
      // What it shall be, not what changes: asking twice is asking once.
      trpc: { context: idempotent.context },
      onError(error, asked) {
        setOn(!asked.wanted)
        notify({ tone: 'danger', title: sentence(error) ?? '' })
      },
      onSuccess: (_, asked) =>
        void notify({
          tone: 'success',
          title: t(asked.wanted ? 'switchedOn' : 'switchedOff', { kind: t(`kinds.${kind}`) }),
        }),
    }),
  )
  const turn = (next: boolean) => {
    setOn(next)
    set.mutate({ kind, wanted: next })
  }
  const box = useEarlyBox(wanted, turn)

  return (
    <li>
      <label className="flex cursor-pointer items-start gap-4 px-4 py-3 hover:bg-default/40 sm:px-5">
        <span className="grid min-w-0 flex-1">
          <span id={`${id}-name`} className="text-sm font-medium">
            {t(`kinds.${kind}`)}
          </span>
          <span id={`${id}-text`} className="text-[0.8125rem] text-muted">
            {t(`kindsText.${kind}`)}
          </span>
        </span>
        <input
          ref={box}
          autoComplete="off"
          type="checkbox"
          role="switch"
          aria-checked={on}
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-text`}
          checked={on}
          disabled={set.isPending}
          onChange={(event) => turn(event.target.checked)}
          className="switch mt-0.5"
        />
      </label>
    </li>
  )
}
