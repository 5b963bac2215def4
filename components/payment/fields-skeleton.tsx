import { Skeleton } from '#components/ui/skeleton.tsx'

/** The height of card number above expiry and security code, so that nothing moves when they come. */
export const usualHeight = 164

export function FieldsSkeleton() {
  return (
    <div aria-hidden className="grid content-start gap-4" style={{ minHeight: usualHeight }}>
      <Skeleton className="mt-7 h-11" />
      <div className="grid grid-cols-2 gap-3">
        <Skeleton className="mt-7 h-11" />
        <Skeleton className="mt-7 h-11" />
      </div>
    </div>
  )
}
