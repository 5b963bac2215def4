'use client'

import { ChevronDown, Monitor, Moon, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useId, useState, useTransition } from 'react'
import { type Locale, localeNames } from '#i18n/locales.ts'
import { type ThemeChoice, themeChoiceIn, themeChoices } from './theme.ts'

const icons = { system: Monitor, light: Sun, dark: Moon } as const

/** System, light or dark; at once, and kept in a cookie. */
export function ThemeSwitch() {
  const t = useTranslations('common')
  const name = useId()
  const [choice, setChoice] = useState<ThemeChoice>('system')

  useEffect(() => setChoice(themeChoiceIn(document.cookie)), [])

  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-[0.8125rem] text-muted">{t('theme')}</legend>
      <div className="grid grid-cols-3 gap-1 rounded-[0.5rem] bg-default p-1">
        {themeChoices.map((option) => {
          const Icon = icons[option]
          return (
            <label
              key={option}
              className="flex h-7 cursor-pointer items-center justify-center gap-1.5 rounded-[0.375rem] px-2 text-[0.8125rem] text-muted has-checked:bg-surface has-checked:text-foreground has-checked:shadow-surface has-focus-visible:outline-2 has-focus-visible:outline-focus"
            >
              <input
                type="radio"
                name={name}
                className="sr-only"
                checked={choice === option}
                onChange={() => {
                  setChoice(option)
                  window.porticoTheme?.(option)
                }}
              />
              <Icon aria-hidden className="size-3.5" />
              {t(`themes.${option}`)}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

type LanguageProps = Readonly<{ languages: readonly Locale[]; labelled?: boolean }>

/** Another language, at once: kept in a cookie, and the page is asked for again in place. */
export function LanguageSwitch({ languages, labelled = false }: LanguageProps) {
  const t = useTranslations('common')
  const id = useId()
  const current = useLocale()
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  if (languages.length < 2) return null

  return (
    <div className={labelled ? 'grid gap-1.5' : undefined}>
      <label htmlFor={id} className={labelled ? 'text-[0.8125rem] text-muted' : 'sr-only'}>
        {t('language')}
      </label>
      <div className="relative">
        <select
          id={id}
          value={current}
          aria-busy={pending}
          className={
            labelled
              ? 'input'
              : 'h-8 cursor-pointer rounded-[0.375rem] bg-transparent px-1.5 text-sm text-muted hover:text-foreground'
          }
          onChange={(event) => {
            window.porticoLocale?.(event.target.value)
            startTransition(() => router.refresh())
          }}
        >
          {languages.map((language) => (
            <option key={language} value={language} lang={language}>
              {localeNames[language]}
            </option>
          ))}
        </select>
        {labelled && (
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-muted"
          />
        )}
      </div>
    </div>
  )
}
