import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const tones = {
  info: { icon: Info, box: 'bg-accent-soft text-accent-soft-foreground' },
  success: { icon: CircleCheck, box: 'bg-success-soft text-success-soft-foreground' },
  warning: { icon: TriangleAlert, box: 'bg-warning-soft text-warning-soft-foreground' },
  danger: { icon: CircleAlert, box: 'bg-danger-soft text-danger-soft-foreground' },
} as const

type Props = Readonly<{
  tone: keyof typeof tones
  title?: ReactNode
  actions?: ReactNode
  /** True for what has just happened: a screen reader says it at once. */
  announce?: boolean
  children?: ReactNode
}>

/** Something to know before going on, in the place it is about. */
export function Notice({ tone, title, actions, announce = false, children }: Props) {
  const { icon: Icon, box } = tones[tone]

  return (
    <div
      role={announce ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={`flex gap-3 rounded-[0.5rem] px-4 py-3 text-sm ${box}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 flex-none" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
