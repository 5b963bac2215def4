'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { classes } from '#components/ui/classes.ts'
import {
  type Menu,
  type MenuKey,
  menuKeys,
  type Reached,
  whyLost,
} from '#server/pbx/schema.menus.ts'
import { useLeadWords } from './lead-words.ts'

type Props = Readonly<{
  keys: Menu['keys']
  reached: Reached
  selected: MenuKey
  onSelect: (key: MenuKey) => void
}>

/** The keys as they stand on a phone, each with where it leads; typing one chooses it, too. */
export function MenuKeypad({ keys, reached, selected, onSelect }: Props) {
  const t = useTranslations('pbx.menus')
  const words = useLeadWords(reached)

  return (
    <fieldset
      className="grid min-w-0 grid-cols-3 gap-2"
      onKeyDown={(event) => {
        const key = menuKeys.find((one) => one === event.key)
        if (!key) return
        onSelect(key)
        event.currentTarget.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus()
      }}
    >
      <legend className="label mb-1.5">{t('keys')}</legend>
      {menuKeys.map((key) => {
        const lead = keys[key]
        const lost = lead && whyLost(lead, reached)
        return (
          <button
            key={key}
            type="button"
            data-key={key}
            aria-pressed={key === selected}
            className={classes(
              'grid min-h-16 min-w-0 cursor-pointer content-center justify-items-center gap-0.5 rounded-[0.75rem] border px-1.5 py-2 text-center transition-colors',
              key === selected
                ? 'border-accent-text ring-1 ring-accent-text'
                : 'border-border hover:border-field-line',
              lost ? 'bg-danger-soft' : lead ? 'bg-accent-soft' : 'bg-surface',
            )}
            onClick={() => onSelect(key)}
          >
            <span className="figures text-lg/6 font-semibold">{key}</span>
            <span
              className={classes(
                'line-clamp-2 w-full text-xs break-words',
                lost
                  ? 'text-danger-soft-foreground'
                  : lead
                    ? 'text-accent-soft-foreground'
                    : 'text-muted',
              )}
            >
              {lost && <TriangleAlert aria-hidden className="me-1 inline size-3" />}
              {lead ? words(lead) : t('nothing')}
            </span>
          </button>
        )
      })}
    </fieldset>
  )
}
