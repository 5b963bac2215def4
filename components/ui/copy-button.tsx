'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { buttonClass } from './button-style.ts'

type Props = Readonly<{
  value: string
  /** What is copied: "phone number". The button is called "Copy phone number". */
  label: string
  className?: string
}>

/** Copies a text and says so, to eyes and to screen readers. */
export function CopyButton({ value, label, className }: Props) {
  const t = useTranslations('common')
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')

  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2_500)
    return () => clearTimeout(timer)
  }, [state])

  return (
    <>
      <button
        type="button"
        className={buttonClass({ variant: 'ghost', size: 'sm', iconOnly: true, className })}
        aria-label={t('copy', { label })}
        title={t('copy', { label })}
        // The clipboard is missing on plain http, and refused in some embedded frames.
        onClick={() =>
          Promise.resolve(navigator.clipboard?.writeText(value) ?? Promise.reject())
            .then(() => setState('copied'))
            .catch(() => setState('failed'))
        }
      >
        {state === 'copied' ? (
          <Check aria-hidden className="text-success-text" />
        ) : (
          <Copy aria-hidden className="text-muted" />
        )}
      </button>
      <span role="status" className={state === 'failed' ? 'text-xs text-danger-text' : 'sr-only'}>
        {state === 'copied' ? t('copied') : state === 'failed' ? t('copyFailed') : ''}
      </span>
    </>
  )
}

type SecretProps = Readonly<{ label: string; value: string }>

/** A credential shown once: monospaced, whole, with its copy button. */
export function CopyField({ label, value }: SecretProps) {
  return (
    <div className="grid gap-1">
      <span className="text-sm text-muted">{label}</span>
      <div className="flex items-center gap-1 rounded-[0.5rem] border border-border bg-surface-secondary ps-3 pe-1">
        <code className="min-w-0 flex-1 py-2 text-sm break-all select-all" dir="ltr">
          {value}
        </code>
        <CopyButton value={value} label={label} />
      </div>
    </div>
  )
}
