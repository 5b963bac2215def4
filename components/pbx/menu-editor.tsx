'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useWatch } from 'react-hook-form'
import { Form, FormActions, SubmitButton } from '#components/form/form.tsx'
import { TextAreaField } from '#components/form/text-field.tsx'
import { useZodForm } from '#components/form/use-zod-form.ts'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import { whyNot } from '#server/accounts/schema.moves.ts'
import type { GroupRow } from '#server/pbx/schema.groups.ts'
import {
  type AttendantView,
  type LostLead,
  lostLeads,
  type Menu,
  type MenuKey,
  menuKeys,
  mostPlays,
  type Reached,
  type Target,
  zMenu,
} from '#server/pbx/schema.menus.ts'
import { LeadField } from './lead-field.tsx'
import { useLeadWords } from './lead-words.ts'
import { MenuKeypad } from './menu-keypad.tsx'
import { MenuPreview } from './menu-preview.tsx'
import { WhatIsLost } from './what-is-lost.tsx'
import { useWhyNot } from './why-not.ts'

type Props = Readonly<{
  attendant: AttendantView
  groups: readonly GroupRow[]
  company: string
  /** Below the menu as a caller has it. */
  aside: ReactNode
}>

/** The menu of an auto attendant: greeting, keys, and how it ends; beside it, as a caller has it. */
export function MenuEditor({ attendant, groups, company, aside }: Props) {
  const t = useTranslations('pbx.menus')
  const router = useRouter()
  const trpc = useTRPC()
  const [selected, setSelected] = useState<MenuKey>(firstToMend(attendant.lost))
  const [picked, setPicked] = useState<Reached['lines']>([])
  const reached: Reached = { lines: [...attendant.reached.lines, ...picked], groups: [...groups] }
  const form = useZodForm(zMenu, { defaultValues: attendant.menu })
  const menu = { ...attendant.menu, ...useWatch({ control: form.control }) } as Menu
  const lost = lostLeads(menu, reached)
  const reason = useWhyNot()
  const notMine = useWhyNotMine()('attendants:write')
  const locked = notMine ?? reason(whyNot('edit', attendant, 'customer'))
  const save = useMutation(
    trpc.pbx.setMenu.mutationOptions({
      // The whole menu: asking twice is asking once.
      trpc: { context: idempotent.context },
      onSuccess(_, saved) {
        form.reset(saved.menu)
        router.refresh()
        void notify({ tone: 'success', title: t('saved', { name: attendant.name }) })
      },
    }),
  )

  const know = (target?: Target) => {
    if (!target || reached.lines.some((line) => line.account === target.account)) return
    const { account, extension, name, status } = target
    setPicked([...picked, { account, extension: extension ?? '', name, status }])
  }
  const set = <Name extends 'keys' | 'plays' | 'otherwise'>(name: Name, value: Menu[Name]) =>
    form.setValue(name, value as never, { shouldDirty: true, shouldTouch: true })
  const setKey = (lead: Menu['keys'][MenuKey]) => {
    const { [selected]: _, ...others } = menu.keys
    set('keys', lead ? { ...others, [selected]: lead } : others)
  }

  return (
    <div className="grid items-start gap-6 *:min-w-0 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <Form
        form={form}
        onSubmit={(values) => save.mutate({ account: attendant.account, menu: values })}
        submitError={save.error}
        loading={save.isPending}
        className="grid min-w-0 gap-6"
      >
        <WhatIsLost lost={lost} onMend={(key) => key !== 'otherwise' && setSelected(key)} />
        <Card title={t('greetingTitle')}>
          <div className="grid gap-3">
            <TextAreaField
              name="greeting"
              label={t('greeting')}
              description={t('greetingHint')}
              rows={3}
              maxLength={1_000}
            />
            <Suggest
              company={company}
              menu={menu}
              reached={reached}
              onSuggest={(text) =>
                form.setValue('greeting', text, { shouldDirty: true, shouldValidate: true })
              }
            />
          </div>
        </Card>
        <Card title={t('keysTitle')} description={t('keysText')}>
          <div className="grid gap-6 sm:grid-cols-2">
            <MenuKeypad
              keys={menu.keys}
              reached={reached}
              selected={selected}
              onSelect={setSelected}
            />
            <LeadField
              key={selected}
              label={t('keyLeads', { key: selected })}
              lead={menu.keys[selected]}
              kinds={['extension', 'group', 'voicemail', 'repeat']}
              mayBeNothing
              reached={reached}
              groups={groups}
              onChange={(lead, target) => {
                know(target)
                setKey(lead as Menu['keys'][MenuKey])
              }}
            />
          </div>
        </Card>
        <Card title={t('endTitle')} description={t('endText')}>
          <div className="grid items-start gap-6 sm:grid-cols-2">
            <Plays plays={menu.plays} onChange={(plays) => set('plays', plays)} />
            <LeadField
              label={t('then')}
              lead={menu.otherwise}
              kinds={['extension', 'group', 'voicemail', 'goodbye']}
              mayBeNothing={false}
              reached={reached}
              groups={groups}
              onChange={(lead, target) => {
                know(target)
                if (lead) set('otherwise', lead as Menu['otherwise'])
              }}
            />
          </div>
        </Card>
        <FormActions note={form.formState.isDirty ? t('unsaved') : t('asSaved')}>
          <Button onClick={() => form.reset(attendant.menu)}>{t('discard')}</Button>
          <SubmitButton disabledReason={locked ?? (lost.length > 0 ? t('mendFirst') : undefined)}>
            {t('save')}
          </SubmitButton>
        </FormActions>
      </Form>
      <div className="grid gap-6 xl:sticky xl:top-6">
        <MenuPreview menu={menu} reached={reached} />
        {aside}
      </div>
    </div>
  )
}

const firstToMend = (lost: readonly LostLead[]): MenuKey =>
  menuKeys.find((key) => lost.some((one) => one.key === key)) ?? '1'

function Plays({ plays, onChange }: { plays: number; onChange: (plays: number) => void }) {
  const t = useTranslations('pbx.menus')
  return (
    <label className="grid gap-1.5">
      <span className="label w-fit">{t('plays')}</span>
      <select
        className="input"
        value={plays}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {Array.from({ length: mostPlays }, (_, i) => (
          <option key={i} value={i + 1}>
            {t('times', { count: i + 1 })}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A greeting made of the keys, for who has none yet. */
function Suggest({
  company,
  menu,
  reached,
  onSuggest,
}: {
  company: string
  menu: Menu
  reached: Reached
  onSuggest: (text: string) => void
}) {
  const t = useTranslations('pbx.menus')
  const words = useLeadWords(reached)
  const said = (key: MenuKey) => {
    const lead = menu.keys[key]
    if (!lead) return []
    if (lead.to === 'repeat') return [t('say.repeat', { key })]
    if (lead.to === 'group') {
      const name = reached.groups.find((one) => one.group === lead.group)?.name
      return [t('say.group', { key, name: name ?? words(lead) })]
    }
    const line = reached.lines.find((one) => one.account === lead.account)
    if (!line) return []
    return [t(`say.${lead.to}`, { key, name: line.name || line.extension })]
  }

  return (
    <Button
      size="sm"
      className="w-fit"
      onClick={() => onSuggest([t('say.hello', { company }), ...menuKeys.flatMap(said)].join(' '))}
    >
      {t('suggest')}
    </Button>
  )
}
