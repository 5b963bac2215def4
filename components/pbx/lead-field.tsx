'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { TextLink } from '#components/ui/button.tsx'
import { paths } from '#server/kernel/routes.ts'
import type { GroupRow } from '#server/pbx/schema.groups.ts'
import type { Lead, Reached, Target } from '#server/pbx/schema.menus.ts'
import { useLeadWords } from './lead-words.ts'
import { LinePicker } from './line-picker.tsx'

type To = Lead['to']

type Props = Readonly<{
  label: string
  lead: Lead | undefined
  /** What it may lead to, in the order they are offered. */
  kinds: readonly To[]
  /** Whether it may lead nowhere: a key that does nothing. */
  mayBeNothing: boolean
  reached: Reached
  groups: readonly GroupRow[]
  onChange: (lead: Lead | undefined, picked?: Target) => void
}>

/** Where a key leads: first to what, then to whom. */
export function LeadField(props: Props) {
  const { label, lead, kinds, mayBeNothing, reached, groups, onChange } = props
  const t = useTranslations('pbx.menus')
  const id = useId()
  const words = useLeadWords(reached)
  // Chosen, but not yet to whom: until then it leads where it did.
  const [wanted, setWanted] = useState<To>()
  const kind = wanted ?? lead?.to

  const choose = (to: To | '') => {
    setWanted(undefined)
    if (to === '') return onChange(undefined)
    if (to === 'repeat' || to === 'goodbye') return onChange({ to })
    if (to === 'group') {
      const first = groups[0]
      if (first) return onChange({ to, group: first.group })
    } else if (lead && 'account' in lead) {
      return onChange({ to, account: lead.account })
    }
    setWanted(to)
  }

  return (
    <div className="grid min-w-0 content-start gap-3">
      <div className="grid gap-1.5">
        <label htmlFor={id} className="label w-fit">
          {label}
        </label>
        <select
          id={id}
          className="input"
          value={kind ?? ''}
          onChange={(event) => choose(event.target.value as To | '')}
        >
          {mayBeNothing && <option value="">{t('nothing')}</option>}
          {kinds.map((to) => (
            <option key={to} value={to}>
              {t(`to.${to}`)}
            </option>
          ))}
        </select>
      </div>
      {kind === 'group' &&
        (groups.length > 0 ? (
          <select
            aria-label={t('whichGroup')}
            className="input"
            value={lead?.to === 'group' ? lead.group : ''}
            onChange={(event) => onChange({ to: 'group', group: Number(event.target.value) })}
          >
            {groups.map(({ group, name }) => (
              <option key={group} value={group}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <p className="text-sm text-muted">
            {t('noGroups')} <TextLink href={paths.huntGroups()}>{t('toGroups')}</TextLink>
          </p>
        ))}
      {(kind === 'extension' || kind === 'voicemail') && (
        <LinePicker
          label={t('whichLine')}
          onPick={(target) => {
            setWanted(undefined)
            onChange({ to: kind, account: target.account }, target)
          }}
        />
      )}
      <p role="status" className="text-sm text-muted">
        {wanted ? t('chooseWhom') : lead ? words(lead) : t('nothingText')}
      </p>
    </div>
  )
}
