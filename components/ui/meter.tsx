import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

type PlacesProps = Readonly<{
  label: string
  used: number
  /** Null: as many as they like. */
  quantity: number | null
  /** What to do when nearly full: a link to add places, or who can. */
  hint?: ReactNode
}>

/** How much of an agreement's quantity is in use: "7 of 10 in use · 3 left". */
export function PlacesMeter({ label, used, quantity, hint }: PlacesProps) {
  const t = useTranslations('common')
  const words =
    quantity === null ? t('placesUsedUnlimited', { used }) : t('placesUsed', { used, quantity })
  // One of one is how a single line is sold: nothing is running out.
  const single = quantity === 1 && used === 1
  const left = quantity === null || single ? undefined : Math.max(0, quantity - used)

  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{label}</span>
        <span className="figures text-muted">{words}</span>
      </div>
      {quantity !== null && (
        // The native element can't be drawn alike in all browsers.
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div
          role="meter"
          aria-label={label}
          aria-valuenow={used}
          aria-valuemin={0}
          aria-valuemax={quantity}
          aria-valuetext={words}
          className="h-1.5 overflow-hidden rounded-full bg-default"
        >
          <Fill share={quantity === 0 ? 1 : used / quantity} tone={toneOf(left, quantity)} />
        </div>
      )}
      {(hint || left !== undefined) && (
        <p className="flex flex-wrap justify-between gap-x-4 text-xs text-muted">
          {left !== undefined && <span>{t('placesLeft', { left })}</span>}
          {hint}
        </p>
      )}
    </div>
  )
}

/** Amber from the last tenth on, red when full. */
const toneOf = (left: number | undefined, quantity: number) =>
  left === undefined
    ? 'bg-accent'
    : left === 0
      ? 'bg-danger'
      : left <= quantity / 10
        ? 'bg-warning'
        : 'bg-accent'

function Fill({ share, tone }: { share: number; tone: string }) {
  return (
    <div
      className={`h-full rounded-full ${tone} transition-[width] duration-300`}
      style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
    />
  )
}

type ProgressProps = Readonly<{
  label: string
  /** Finished pieces of real work, never a guess; undefined while the total isn't known. */
  done: number | undefined
  total: number
  text: string
}>

/** Work under way: "3,120 of 10,000 rows". */
export function ProgressBar({ label, done, total, text }: ProgressProps) {
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="font-medium">{label}</span>
        <span className="figures text-muted">{text}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuetext={text}
        className="h-1.5 overflow-hidden rounded-full bg-default"
      >
        {done === undefined ? (
          <div className="h-full w-1/3 animate-shimmer rounded-full bg-accent" />
        ) : (
          <Fill share={total === 0 ? 1 : done / total} tone="bg-accent" />
        )}
      </div>
    </div>
  )
}
