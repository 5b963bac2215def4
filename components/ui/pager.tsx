import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { buttonClass } from './button-style.ts'

type Props = Readonly<{
  /** Zero-based. */
  page: number
  perPage: number
  total: number
  /** The address of a page, with everything else it is filtered by. */
  href: (page: number) => string
}>

/** Which part of a list this is, and the ways to its neighbours. Nothing when all of it is here. */
export function Pager({ page, perPage, total, href }: Props) {
  const t = useTranslations('common.pages')
  if (total <= perPage) return null
  const from = page * perPage + 1
  const to = Math.min(total, from + perPage - 1)

  return (
    <nav
      aria-label={t('label')}
      className="flex flex-wrap items-center justify-between gap-3 border-t border-separator px-4 py-2.5"
    >
      <p className="figures text-sm text-muted">{t('range', { from, to, total })}</p>
      <div className="flex gap-2">
        <Step href={page > 0 ? href(page - 1) : undefined}>
          <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
          {t('previous')}
        </Step>
        <Step href={to < total ? href(page + 1) : undefined}>
          {t('next')}
          <ChevronRight aria-hidden className="rtl:-scale-x-100" />
        </Step>
      </div>
    </nav>
  )
}

/** At an end of the list its place stays, so that the other button doesn't move under the pointer. */
function Step({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (!href) {
    return (
      <span aria-hidden className={buttonClass({ size: 'sm', className: 'invisible' })}>
        {children}
      </span>
    )
  }
  return (
    <Link href={href} className={buttonClass({ size: 'sm' })}>
      {children}
    </Link>
  )
}
