'use client'

import { Check, Sparkles } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatPhone } from '#components/ui/format.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import type { NumberChoice } from '#server/signup/schema.ts'

/** From here on a number is easy enough to remember to be worth a mark. */
const pleasantFrom = 2

type Props = Readonly<{
  numbers: readonly NumberChoice[]
  held: string | undefined
  busy: boolean
  choosing: string | undefined
  onChoose: (choice: NumberChoice) => void
}>

/** Numbers to choose from; a press keeps one. */
export function NumberGrid({ numbers, held, busy, choosing, onChoose }: Props) {
  const t = useTranslations('signup.numbers')

  if (numbers.length === 0)
    return (
      <p
        role="status"
        className="rounded-[0.5rem] bg-default px-4 py-6 text-center text-sm text-muted"
      >
        {busy ? t('looking') : t('none')}
      </p>
    )
  return (
    <ul
      aria-label={t('list')}
      aria-busy={busy}
      className={`grid grid-cols-[repeat(auto-fill,minmax(min(10rem,100%),1fr))] gap-2 transition-opacity ${busy ? 'opacity-60' : ''}`}
    >
      {numbers.map((choice) => (
        <li key={choice.number}>
          <NumberButton
            choice={choice}
            held={choice.number === held}
            choosing={choice.number === choosing}
            onChoose={onChoose}
          />
        </li>
      ))}
    </ul>
  )
}

type ButtonProps = Readonly<{
  choice: NumberChoice
  held: boolean
  choosing: boolean
  onChoose: (choice: NumberChoice) => void
}>

function NumberButton({ choice, held, choosing, onChoose }: ButtonProps) {
  const t = useTranslations('signup.numbers')

  return (
    <button
      type="button"
      aria-pressed={held}
      onClick={() => held || onChoose(choice)}
      className={`grid w-full cursor-pointer rounded-[0.5rem] border bg-surface px-3 py-2 text-start transition-colors ${
        held
          ? 'border-accent-text ring-1 ring-accent-text'
          : 'border-border hover:border-field-line'
      }`}
    >
      <bdi dir="ltr" className="figures text-sm/6 font-medium sm:text-[0.9375rem]">
        {formatPhone(choice.number)}
      </bdi>
      <span className="flex min-h-5 items-center justify-between gap-2">
        <span className="truncate text-xs text-muted">{choice.city}</span>
        {choosing ? (
          <Spinner className="size-4 flex-none text-muted" />
        ) : held ? (
          <Check aria-hidden className="size-4 flex-none text-accent-text" />
        ) : (
          choice.pleasant >= pleasantFrom && (
            <span title={t('pleasant')} className="flex-none text-warning-text">
              <Sparkles aria-hidden className="size-4" />
              <span className="sr-only">{t('pleasant')}</span>
            </span>
          )
        )}
      </span>
    </button>
  )
}
