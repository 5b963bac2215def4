import { classes } from './classes.ts'

/** A grey place for what is on its way; give it the size of what comes. */
export function Skeleton({ className }: { className: string }) {
  return (
    <div
      aria-hidden
      className={classes('animate-shimmer rounded-[0.375rem] bg-default', className)}
    />
  )
}

const WIDTHS = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2']

export function TextSkeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className="grid gap-2">
      {WIDTHS.concat(WIDTHS)
        .slice(0, lines)
        .map((width, i) => (
          <Skeleton key={i} className={`h-4 ${width}`} />
        ))}
    </div>
  )
}

/** A table's place: the same row height, so that nothing moves when it comes. */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className="divide-y divide-separator rounded-[0.75rem] bg-surface shadow-surface">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="flex h-11 items-center gap-6 px-4">
          <Skeleton className="h-4 w-16" />
          <Skeleton className={`h-4 ${WIDTHS[i % WIDTHS.length]} max-w-56`} />
          <Skeleton className="ms-auto h-4 w-20" />
        </div>
      ))}
    </div>
  )
}

/** What `loading.tsx` shows: a heading and cards, within 100 ms of a click. */
export function PageSkeleton() {
  return (
    <div aria-busy className="grid gap-6">
      <Skeleton className="h-8 w-56" />
      <TableSkeleton />
    </div>
  )
}
