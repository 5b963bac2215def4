'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { PasswordField } from './text-field.tsx'

type Props = Readonly<{
  name: string
  label: string
  minimum: number
  /** Whether it will be refused as too easy to guess, however long. */
  tooEasy: (password: string) => boolean
}>

/** A password being chosen, with how strong its length makes it. Length is what counts (NIST 800-63B). */
export function NewPasswordField({ name, label, minimum, tooEasy }: Props) {
  const t = useTranslations('form.strength')
  const typed = String(useWatch({ name }) ?? '')

  return (
    <div className="grid gap-2">
      <PasswordField
        name={name}
        label={label}
        autoComplete="new-password"
        description={t('hint', { minimum })}
      />
      <Strength length={typed.length} minimum={minimum} isEasy={tooEasy(typed)} />
    </div>
  )
}

const steps = ['short', 'fair', 'good', 'strong'] as const

/** Each four characters more than needed make it a class harder to guess. */
const stepOf = (length: number, minimum: number) =>
  length < minimum ? 0 : Math.min(3, 1 + Math.floor((length - minimum) / 4))

const fills = ['bg-danger', 'bg-warning', 'bg-success', 'bg-success'] as const

function Strength({
  length,
  minimum,
  isEasy,
}: {
  length: number
  minimum: number
  isEasy: boolean
}) {
  const t = useTranslations('form.strength')
  const step = isEasy ? 0 : stepOf(length, minimum)
  const left = minimum - length
  const word =
    length === 0 ? '' : isEasy && left <= 0 ? t('easy') : t(steps[step] ?? 'short', { left })

  return (
    <div className="flex items-center gap-3">
      <div aria-hidden className="grid flex-1 grid-cols-3 gap-1">
        {[1, 2, 3].map((part) => (
          <span
            key={part}
            className={`h-1 rounded-full transition-colors ${
              length > 0 && part <= Math.max(1, step) ? fills[step] : 'bg-default'
            }`}
          />
        ))}
      </div>
      <p role="status" className="min-w-28 text-end text-xs text-muted">
        {word && <span className="sr-only">{t('label')}: </span>}
        {word}
      </p>
    </div>
  )
}
