import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonLook, buttonClass } from './button-style.ts'
import { Spinner } from './spinner.tsx'

type ButtonProps = ButtonLook &
  Omit<ComponentProps<'button'>, 'disabled' | 'className'> &
  Readonly<{
    /** Work is under way: pressing again does nothing, and the button keeps its place and focus. */
    loading?: boolean
  }>

/** A button that can always be pressed; one that may not be is an `ActionButton` with a reason. */
export function Button({
  variant,
  size,
  fullWidth,
  iconOnly,
  className,
  loading = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={loading || undefined}
      aria-disabled={loading || rest['aria-disabled'] || undefined}
      className={buttonClass({ variant, size, fullWidth, iconOnly, className })}
      onClick={loading ? (event) => event.preventDefault() : onClick}
    >
      <Content loading={loading}>{children}</Content>
    </button>
  )
}

/** Keeps the width of its words while it spins, so that nothing beside it moves. */
function Content({ loading, children }: { loading: boolean; children: ReactNode }) {
  if (!loading) return children
  return (
    <>
      <span className="flex items-center gap-2 opacity-0">{children}</span>
      <span className="absolute inset-0 grid place-items-center">
        <Spinner />
      </span>
    </>
  )
}

type LinkButtonProps = ButtonLook & Omit<ComponentProps<typeof Link>, 'className'>

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({
  variant,
  size,
  fullWidth,
  iconOnly,
  className,
  ...rest
}: LinkButtonProps) {
  return (
    <Link {...rest} className={buttonClass({ variant, size, fullWidth, iconOnly, className })} />
  )
}

/** A link in running text or a table. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={`rounded-[0.1875rem] text-accent-text underline decoration-1 underline-offset-3 hover:decoration-2 ${className ?? ''}`}
    />
  )
}
