'use client'

import { useMutation } from '@tanstack/react-query'
import { Mail, UserCog, UserX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { useCatalogueCode, useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionMenu, type MenuAction } from '#components/ui/action-menu.tsx'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { StatusChip, type Tone } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { Moment, RelativeTime } from '#components/ui/time.tsx'
import { notify } from '#components/ui/toast.tsx'
import { roles } from '#server/auth/schema.people.ts'
import { type Person, type PersonState, whyNot } from '#server/people/schema.ts'

const tones = {
  active: 'success',
  invited: 'accent',
  lapsed: 'warning',
  ended: 'neutral',
} as const satisfies Record<PersonState, Tone>

/** Who signs in for the company, as what, and what can be done about it. */
export function PersonTable({ people }: { people: readonly Person[] }) {
  const t = useTranslations('people')
  const [asked, setAsked] = useState<{ person: Person; isOpen: boolean }>()
  const { actionsOf, end } = usePersonActions(people, (person) =>
    setAsked({ person, isOpen: true }),
  )
  const close = () => asked && setAsked({ ...asked, isOpen: false })

  const columns: Column<Person>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: ({ name, self, email }) => (
        <span className="grid">
          <span className="font-medium">{self ? t('you', { name }) : name}</span>
          <span className="text-[0.8125rem] text-muted wrap-anywhere">{email}</span>
        </span>
      ),
    },
    { id: 'role', header: t('columns.role'), cell: ({ role }) => t(`roles.${role}`) },
    {
      id: 'state',
      header: t('columns.state'),
      cell: ({ state, validUntil }) => (
        <span className="flex flex-wrap items-center gap-2">
          <StatusChip tone={tones[state]}>{t(`states.${state}`)}</StatusChip>
          {validUntil && (
            <span className="text-[0.8125rem] text-muted">
              {t('until')} <Moment at={validUntil} />
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'seen',
      header: t('columns.seen'),
      wideOnly: true,
      cell: ({ lastLoginAt }) =>
        lastLoginAt ? <RelativeTime at={lastLoginAt} wall /> : t('never'),
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (person) => (
        <ActionMenu label={t('actionsOf', { name: person.name })} actions={actionsOf(person)} />
      ),
    },
  ]

  return (
    <>
      <Table
        label={t('title')}
        columns={columns}
        rows={people}
        rowKey={(person) => String(person.user)}
        empty={null}
      />
      {asked && (
        <ConfirmDialog
          isOpen={asked.isOpen}
          onClose={close}
          title={t('endTitle', { name: asked.person.name })}
          confirmLabel={t('end')}
          loading={end.isPending}
          submitError={end.error}
          onConfirm={() => end.mutate({ user: asked.person.user }, { onSuccess: close })}
        >
          <p>{t('endText')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

/** What can be done with a person, and why not. */
function usePersonActions(people: readonly Person[], onEnd: (person: Person) => void) {
  const t = useTranslations('people')
  const trpc = useTRPC()
  const router = useRouter()
  const sentence = useRefusal()
  const say = useCatalogueCode('refusals')
  const notMine = useWhyNotMine()('people:write')
  const told = (done: string) => ({
    onSuccess: () => notify({ tone: 'success', title: done }),
    onError: (error: unknown) => notify({ tone: 'danger', title: sentence(error) ?? '' }),
    onSettled: () => router.refresh(),
  })
  const setRole = useMutation(trpc.people.setRole.mutationOptions(told(t('roleSet'))))
  const again = useMutation(trpc.people.inviteAgain.mutationOptions(told(t('sentAgain'))))
  const end = useMutation(
    trpc.people.end.mutationOptions({
      onSuccess: () => notify({ tone: 'success', title: t('ended') }),
      onSettled: () => router.refresh(),
    }),
  )

  const actionsOf = (person: Person): MenuAction[] => {
    const why = (move: Parameters<typeof whyNot>[0]) => {
      const code = whyNot(move, person, people)
      return notMine ?? (code && (say(code, {}) ?? code))
    }
    const { user, role, state } = person
    return [
      ...(state === 'active'
        ? []
        : [
            {
              id: 'again',
              label: t('inviteAgain'),
              icon: <Mail aria-hidden />,
              disabledReason: why('invite_again'),
              onAction: () => again.mutate({ user }),
            },
          ]),
      ...roles
        .filter((one) => one !== role && state !== 'ended')
        .map((one) => ({
          id: one,
          label: t('makeRole', { role: t(`roles.${one}`) }),
          icon: <UserCog aria-hidden />,
          disabledReason: why('set_role'),
          onAction: () => setRole.mutate({ user, role: one }),
        })),
      ...(state === 'ended'
        ? []
        : [
            {
              id: 'end',
              label: t('end'),
              icon: <UserX aria-hidden />,
              tone: 'danger' as const,
              disabledReason: why('end'),
              onAction: () => onEnd(person),
            },
          ]),
    ]
  }
  return { actionsOf, end }
}
