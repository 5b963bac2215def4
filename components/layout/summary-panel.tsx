'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'

type Props = Readonly<{
  /** What is due today; stands in the bar while the rest is folded away. */
  total: ReactNode
  children: ReactNode
}>

/** The order beside the step; on narrow screens a bar that unfolds. */
export function SummaryPanel({ total, children }: Props) {
  const t = useTranslations('common')
  const id = useId()
  const [open, setOpen] = useState(false)

  return (
    <div className="overflow-clip rounded-[0.75rem] bg-surface shadow-surface">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full cursor-pointer flex-wrap items-center gap-x-2 px-4 py-3 text-sm -outline-offset-2 lg:hidden"
      >
        <span className="font-medium text-accent-text">
          {open ? t('hideSummary') : t('showSummary')}
        </span>
        <ChevronDown
          aria-hidden
          className={`size-4 text-accent-text transition-transform ${open ? 'rotate-180' : ''}`}
        />
        <span className="figures ms-auto text-base font-semibold">{total}</span>
      </button>
      <div
        id={id}
        className={`${open ? '' : 'max-lg:hidden'} border-separator p-4 max-lg:border-t lg:p-5`}
      >
        <h2 className="mb-4 font-semibold max-lg:sr-only">{t('orderSummary')}</h2>
        {children}
      </div>
    </div>
  )
}

type LineProps = Readonly<{
  label: ReactNode
  amount: ReactNode
  detail?: ReactNode
  /** The line that counts: due today. */
  strong?: boolean
}>

/** One line of an order: what, how much. */
export function SummaryLine({ label, amount, detail, strong = false }: LineProps) {
  return (
    <div
      className={`flex justify-between gap-4 py-1.5 ${strong ? 'mt-1.5 border-t border-separator pt-3 font-semibold' : 'text-sm'}`}
    >
      <div className="min-w-0">
        {label}
        {detail && <p className="text-xs/5 font-normal text-muted">{detail}</p>}
      </div>
      <div className="figures flex-none">{amount}</div>
    </div>
  )
}
