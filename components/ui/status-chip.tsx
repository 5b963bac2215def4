import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger'

const chip = {
  neutral: 'chip--default',
  accent: 'chip--accent',
  success: 'chip--success',
  warning: 'chip--warning',
  danger: 'chip--danger',
} as const satisfies Record<Tone, string>

const dot = {
  neutral: 'bg-muted',
  accent: 'bg-accent-text',
  success: 'bg-success',
  warning: 'bg-warning',
  danger: 'bg-danger',
} as const satisfies Record<Tone, string>

/** The state a thing is in. The word says it; the colour only helps. */
export function StatusChip({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`chip chip--soft ${chip[tone]} gap-1.5 whitespace-nowrap`}>
      <span aria-hidden className={`size-1.5 rounded-full ${dot[tone]}`} />
      {children}
    </span>
  )
}

/** A count or a short word beside a name. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`chip chip--soft ${chip[tone]} figures`}>{children}</span>
}
