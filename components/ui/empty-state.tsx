import type { ReactNode } from 'react'

type Props = Readonly<{
  icon?: ReactNode
  title: string
  /** What this page is for, in a sentence. */
  children: ReactNode
  /** The first thing to do here; undefined only where there is nothing a person could do. */
  action: ReactNode | undefined
}>

/** An empty list says what it is for and has its first action on it. */
export function EmptyState({ icon, title, children, action }: Props) {
  return (
    <div className="mx-auto grid max-w-sm justify-items-center gap-2 px-4 py-12 text-center">
      {icon && (
        <div className="mb-2 grid size-12 place-items-center rounded-full bg-default text-muted [&_svg]:size-5">
          {icon}
        </div>
      )}
      <p className="font-semibold">{title}</p>
      <div className="text-sm text-muted">{children}</div>
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
