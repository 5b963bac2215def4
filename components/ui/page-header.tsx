import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

type Props = Readonly<{
  title: ReactNode
  description?: ReactNode
  /** Beside the title: a status. */
  meta?: ReactNode
  /** One level up; undefined on pages reached from the sidebar. */
  back?: Readonly<{ href: string; label: string }>
  actions?: ReactNode
}>

/** The page's one `h1`, what it is about, and what can be done with all of it. */
export function PageHeader({ title, description, meta, back, actions }: Props) {
  return (
    <header className="mb-6 grid grid-cols-1 gap-1">
      {back && (
        <Link
          href={back.href}
          className="-ms-1 flex min-h-6 w-fit items-center gap-0.5 rounded-[0.25rem] text-sm text-muted hover:text-foreground"
        >
          <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-2xl/8 font-semibold tracking-tight">{title}</h1>
            {meta}
          </div>
          {description && <p className="mt-1 max-w-2xl text-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </header>
  )
}
