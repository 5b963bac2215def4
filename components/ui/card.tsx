import type { ReactNode } from 'react'
import { classes } from './classes.ts'

type CardProps = Readonly<{
  /** Said as a heading; a card without one is a plain surface. */
  title?: ReactNode
  description?: ReactNode
  /** Beside the title: one or two small buttons. */
  actions?: ReactNode
  /** Below a line: totals, a "see all" link, the form's buttons. */
  footer?: ReactNode
  /** `none` for tables and lists that bring their own. */
  padding?: 'normal' | 'none'
  headingLevel?: 2 | 3
  className?: string
  children?: ReactNode
}>

/** A surface that belongs together. Cards don't stand in cards. */
export function Card({
  title,
  description,
  actions,
  footer,
  padding = 'normal',
  headingLevel = 2,
  className,
  children,
}: CardProps) {
  const Heading = `h${headingLevel}` as const

  return (
    <section
      className={classes('overflow-clip rounded-[0.75rem] bg-surface shadow-surface', className)}
    >
      {(title || actions) && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 sm:flex-nowrap sm:px-5">
          <div className="min-w-0">
            {title && <Heading className="font-semibold">{title}</Heading>}
            {description && <p className="mt-0.5 text-sm text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-none gap-2">{actions}</div>}
        </header>
      )}
      <div className={padding === 'none' ? (title ? 'pt-3' : '') : 'p-4 sm:p-5'}>{children}</div>
      {footer && <footer className="border-t border-separator px-4 py-3 sm:px-5">{footer}</footer>}
    </section>
  )
}

/** Small facts about one thing: name and value, two columns where they fit. */
export function Facts({
  items,
}: {
  items: readonly Readonly<{ label: string; value: ReactNode }>[]
}) {
  return (
    <dl className="grid grid-cols-[minmax(6.5rem,auto)_1fr] items-baseline gap-x-4 gap-y-3 text-sm sm:grid-cols-[minmax(8rem,auto)_1fr] sm:gap-x-6">
      {items.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-1 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
