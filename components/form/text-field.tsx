'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type HTMLInputTypeAttribute, type ReactNode, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { FieldFrame, type FieldProps, useField, useTextBox } from './field.tsx'

type TextFieldProps = FieldProps &
  Readonly<{
    /** What browsers and password managers may fill in (WCAG 1.3.5); `off` where it is nothing personal. */
    autoComplete: string
    type?: Extract<HTMLInputTypeAttribute, 'text' | 'email' | 'url' | 'date' | 'search'>
    inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url'
    placeholder?: string
    maxLength?: number
    /** Inside the field, before and after: `https://`, `/month`. */
    prefix?: ReactNode
    suffix?: ReactNode
    /** Monospaced: codes, keys, ICCIDs. */
    code?: boolean
    autoFocus?: boolean
  }>

export function TextField(props: TextFieldProps) {
  const { name, type = 'text', prefix, suffix, code, autoFocus } = props
  const field = useField(props)
  const box = useTextBox(name)

  return (
    <FieldFrame {...props} field={field}>
      <Affixed prefix={prefix} suffix={suffix}>
        <input
          {...box}
          {...field.aria}
          type={type}
          autoComplete={props.autoComplete}
          inputMode={props.inputMode}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the caller's choice, for forms of one field
          autoFocus={autoFocus}
          className={`input ${affixPadding(prefix, suffix)} ${code ? 'font-mono' : ''}`}
        />
      </Affixed>
    </FieldFrame>
  )
}

const affixPadding = (prefix: ReactNode, suffix: ReactNode) =>
  `${prefix ? 'ps-8' : ''} ${suffix ? 'pe-16' : ''}`

type AffixedProps = Readonly<{ prefix?: ReactNode; suffix?: ReactNode; children: ReactNode }>

function Affixed({ prefix, suffix, children }: AffixedProps) {
  if (!prefix && !suffix) return children
  return (
    <div className="relative">
      {prefix && (
        <span className="pointer-events-none absolute inset-y-0 start-3 flex items-center text-sm text-muted">
          {prefix}
        </span>
      )}
      {children}
      {suffix && (
        <span className="pointer-events-none absolute inset-y-0 end-3 flex items-center text-sm text-muted">
          {suffix}
        </span>
      )}
    </div>
  )
}

type TextAreaProps = FieldProps &
  Readonly<{ rows?: number; placeholder?: string; maxLength?: number; code?: boolean }>

export function TextAreaField(props: TextAreaProps) {
  const field = useField(props)
  const box = useTextBox(props.name)

  return (
    <FieldFrame {...props} field={field}>
      <textarea
        {...box}
        {...field.aria}
        rows={props.rows ?? 4}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        autoComplete="off"
        className={`textarea ${props.code ? 'font-mono' : ''}`}
      />
    </FieldFrame>
  )
}

type PasswordProps = FieldProps & Readonly<{ autoComplete: 'current-password' | 'new-password' }>

/** A password that can be looked at; pasting is never forbidden (WCAG 3.3.8). */
export function PasswordField(props: PasswordProps) {
  const t = useTranslations('common')
  const field = useField(props)
  const { register } = useFormContext()
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye

  return (
    <FieldFrame {...props} field={field}>
      <div className="relative">
        <input
          {...register(props.name)}
          {...field.aria}
          type={shown ? 'text' : 'password'}
          autoComplete={props.autoComplete}
          spellCheck={false}
          autoCapitalize="none"
          className="input pe-11"
        />
        <button
          type="button"
          aria-label={shown ? t('hidePassword') : t('showPassword')}
          aria-pressed={shown}
          className="absolute inset-y-0 end-1 my-auto grid size-8 cursor-pointer place-items-center rounded-[0.375rem] text-muted hover:text-foreground"
          onClick={() => setShown(!shown)}
        >
          <Icon aria-hidden className="size-4" />
        </button>
      </div>
    </FieldFrame>
  )
}
