'use client'

import { Trash2, UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionButton } from '#components/ui/action-button.tsx'
import { TextLink } from '#components/ui/button.tsx'
import { Card, Facts } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { GroupView } from '#server/pbx/schema.groups.ts'
import { EditGroup } from './edit-group.tsx'
import { GroupMembers } from './group-members.tsx'
import { LinePicker } from './line-picker.tsx'
import { useGroup } from './use-group.ts'
import { useRemoveGroup } from './use-remove-group.ts'

/** One hunt group: whom it rings, in which order, and how. */
export function GroupPage({ group: initial }: { group: GroupView }) {
  const t = useTranslations('pbx.groups')
  const { group, put, takeOut, refetch } = useGroup(initial)
  const { members } = group
  const notMine = useWhyNotMine()('groups:write')
  const sequential = group.mode === 'sequential'

  return (
    <>
      <PageHeader
        title={group.name}
        description={t(`explain.${group.mode}`)}
        back={{ href: paths.huntGroups(), label: t('title') }}
        actions={
          <>
            <EditGroup group={group} onSaved={refetch} />
            <RemoveGroup group={group} />
          </>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <Card
          title={t('members')}
          description={sequential ? t('orderHint') : t('noOrderHint')}
          padding="none"
        >
          <div className="border-y border-separator p-3">
            {notMine ? (
              <p className="text-sm text-muted">{notMine}</p>
            ) : (
              <LinePicker
                label={t('addMember')}
                except={members.map((member) => member.account)}
                onPick={(target) => put([{ ...target, extension: target.extension ?? '' }], null)}
              />
            )}
          </div>
          {members.length > 0 ? (
            <GroupMembers
              label={t('membersOf', { name: group.name })}
              members={members}
              inOrder={sequential}
              locked={notMine}
              onMove={put}
              onRemove={takeOut}
            />
          ) : (
            <EmptyState
              icon={<UsersRound aria-hidden />}
              title={t('noMembersTitle')}
              action={undefined}
            >
              {t('noMembersText')}
            </EmptyState>
          )}
        </Card>
        <How group={group} />
      </div>
    </>
  )
}

function How({ group }: { group: GroupView }) {
  const t = useTranslations('pbx.groups')
  const ringing = group.members.filter((member) => member.status === 'active').length
  const silent = group.members.length - ringing
  const longest = group.mode === 'sequential' ? group.ringSeconds * ringing : group.ringSeconds

  return (
    <Card title={t('how')}>
      <div className="grid gap-4">
        <Facts
          items={[
            { label: t('mode'), value: t(`modes.${group.mode}`) },
            {
              label: t('seconds'),
              value: t(`rings.${group.mode}`, { seconds: group.ringSeconds }),
            },
            { label: t('longest'), value: t('secondsLong', { seconds: longest }) },
            {
              label: t('menus'),
              value:
                group.menus.length === 0
                  ? t('noMenus')
                  : group.menus.map((menu) => (
                      <TextLink key={menu.account} href={paths.autoAttendant(menu.account)}>
                        {menu.name}
                      </TextLink>
                    )),
            },
          ]}
        />
        {silent > 0 && <Notice tone="warning">{t('silent', { count: silent })}</Notice>}
      </div>
    </Card>
  )
}

function RemoveGroup({ group }: { group: GroupView }) {
  const t = useTranslations('pbx.groups')
  const removing = useRemoveGroup(group)
  const notMine = useWhyNotMine()('groups:write')

  return (
    <ActionButton
      disabledReason={notMine ?? removing.disabledReason}
      loading={removing.loading}
      onClick={removing.remove}
    >
      <Trash2 aria-hidden />
      {t('delete')}
    </ActionButton>
  )
}
