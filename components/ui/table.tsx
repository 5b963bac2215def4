import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type Column<Row> = Readonly<{
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** `end` for money and counts. */
  align?: 'start' | 'end'
  /** The name of the row: heads its card on a narrow screen. One column has it. */
  primary?: boolean
  /** Said elsewhere in the card of a narrow screen. */
  wideOnly?: boolean
  /** Nothing to see in the heading: check boxes; with `align: 'end'` the row's menu. */
  hideHeader?: boolean
  /** Where pressing the heading leads; sort order lives in the address. */
  sort?: Readonly<{ href: string; direction?: 'ascending' | 'descending' }>
  className?: string
}>

type Props<Row> = Readonly<{
  /** What the table lists, for screen readers. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  /** Shown instead of rows when there are none: an `EmptyState`. */
  empty: ReactNode
  isSelected?: (row: Row) => boolean
  /** Grows and shrinks with its content, or scrolls in itself under a fixed heading. */
  stickyHeader?: boolean
}>

/** A dense, calm table that turns into cards under 640 px. Plain HTML: renders on the server too. */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  empty,
  isSelected,
  stickyHeader = false,
}: Props<Row>) {
  if (rows.length === 0) return empty

  return (
    // Positioned, so that it also clips what is for screen readers only.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="relative overflow-x-auto" aria-label={label} tabIndex={0}>
      {/* Explicit roles: as cards the elements are no longer displayed as a table. */}
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table role="table" aria-label={label} className="cards-when-narrow w-full text-sm">
        <thead role="rowgroup" className={stickyHeader ? 'sticky top-0 z-10 bg-surface' : ''}>
          <tr role="row" className="border-b border-border">
            {columns.map((column) => (
              <Heading key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="divide-y divide-separator">
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              role="row"
              aria-selected={isSelected?.(row)}
              className={classes(
                'transition-colors hover:bg-surface-secondary',
                isSelected?.(row) && 'bg-accent-soft hover:bg-accent-soft',
              )}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  role="cell"
                  data-label={column.hideHeader ? undefined : column.header}
                  data-primary={column.primary || undefined}
                  data-lead={(column.hideHeader && column.align !== 'end') || undefined}
                  data-corner={(column.hideHeader && column.align === 'end') || undefined}
                  className={classes(
                    'align-middle sm:h-11 sm:px-4 sm:py-1.5 sm:first:ps-5 sm:last:pe-5',
                    column.align === 'end' && 'figures text-end',
                    column.primary && 'font-medium',
                    column.wideOnly && 'max-sm:hidden!',
                    column.className,
                  )}
                >
                  {/* As a card, what stands in a cell keeps together beside its label. */}
                  <div className="min-w-0 sm:contents">{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </section>
  )
}

function Heading<Row>({ column }: { column: Column<Row> }) {
  const t = useTranslations('common')
  const { header, sort, align, hideHeader } = column
  const Arrow = sort?.direction === 'descending' ? ArrowDown : ArrowUp

  return (
    <th
      // biome-ignore lint/a11y/noRedundantRoles: as cards it is no longer displayed as a table
      role="columnheader"
      scope="col"
      aria-sort={sort?.direction}
      className={classes(
        'h-9 px-4 first:ps-5 last:pe-5 text-[0.8125rem] font-medium whitespace-nowrap text-muted',
        align === 'end' ? 'text-end' : 'text-start',
      )}
    >
      {hideHeader ? (
        <span className="sr-only">{header}</span>
      ) : sort ? (
        <Link
          href={sort.href}
          scroll={false}
          replace
          title={t('sortBy', { column: header })}
          className="group inline-flex min-h-6 items-center gap-1 rounded-[0.25rem] hover:text-foreground"
        >
          {header}
          <Arrow
            aria-hidden
            className={`size-3.5 ${sort.direction ? '' : 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60'}`}
          />
        </Link>
      ) : (
        header
      )}
    </th>
  )
}
