// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table's own display doesn't allow
// biome-ignore-all lint/a11y/useFocusableInteractive: what has the focus are the fields in the cells
'use client'

import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { CircleCheck, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { IconButton } from '#components/ui/action-button.tsx'
import { type Column, columns, type RowView } from '#server/bulk/schema.ts'
import { GridCell } from './grid-cell.tsx'
import { RowFaults } from './row-faults.tsx'

const features = tableFeatures({})
const helper = createColumnHelper<typeof features, RowView>()
const columnDefs = helper.columns(
  columns.map((column) => helper.accessor((row) => row.cells[column], { id: column })),
)

/** Widths that the columns' usual content asks for; names and addresses take what is left. */
const template =
  'sm:grid-cols-[2.5rem_5.5rem_minmax(7rem,1.2fr)_minmax(7rem,1fr)_4.5rem_minmax(7rem,1.2fr)_minmax(7rem,1fr)_minmax(7rem,1.2fr)_minmax(5rem,0.8fr)_2.5rem]'

export type Options = Readonly<{ products: readonly string[]; groups: readonly string[] }>

type Props = Readonly<{
  rows: readonly RowView[]
  hasMore: boolean
  options: Options
  /** For looking at: whoever looks may not mend. */
  readOnly: boolean
  onMore: () => void
  /** A cell was changed; the row keeps what was typed until it is answered. */
  onMend: (n: number, column: Column, value: string) => void
  onDrop: (n: number) => void
}>

/** Rows of a file as a grid that can be typed in, however many there are. */
export function RowGrid({ rows, hasMore, options, readOnly, onMore, onMend, onDrop }: Props) {
  const t = useTranslations('bulk')
  const frame = useRef<HTMLDivElement>(null)
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({ features, columns: columnDefs, data, getRowId: ({ n }) => String(n) })
  const model = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => frame.current,
    getItemKey: (index) => model[index]!.id,
    estimateSize: () => 72,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= model.length - 20) onMore()
  }, [hasMore, last, model.length, onMore])

  return (
    <div
      ref={frame}
      role="table"
      aria-label={t('grid.title')}
      aria-rowcount={hasMore ? -1 : model.length + 1}
      className="max-h-[34rem] overflow-auto border-y border-separator"
    >
      <div className="sm:min-w-[60rem]">
        <div
          role="rowgroup"
          className="sticky top-0 z-10 border-b border-border bg-surface max-sm:sr-only"
        >
          <div
            role="row"
            className={`grid ${template} items-center gap-x-2 px-4 py-2 text-[0.8125rem] font-medium text-muted`}
          >
            <span role="columnheader">{t('grid.row')}</span>
            {columns.map((column) => (
              <span key={column} role="columnheader">
                {t(`columns.${column}`)}
              </span>
            ))}
            <span role="columnheader">
              <span className="sr-only">{t('grid.actions')}</span>
            </span>
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = model[item.index]!
            return (
              <div
                key={row.id}
                ref={virtual.measureElement}
                data-index={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                className="absolute inset-x-0 top-0 border-b border-separator"
                style={{ transform: `translateY(${item.start}px)` }}
                onKeyDown={(event) => move(event, model[item.index + step(event)]?.id)}
              >
                <div
                  className={`grid grid-cols-1 ${template} items-start gap-2 px-4 py-2 sm:items-center`}
                >
                  <RowNumber row={row.original} />
                  {row.getAllCells().map((cell) => (
                    <GridCell
                      key={cell.id}
                      row={row.original}
                      column={cell.column.id as Column}
                      readOnly={readOnly}
                      options={options}
                      onMend={onMend}
                    />
                  ))}
                  <span role="cell" className="justify-self-end">
                    {!readOnly && (
                      <IconButton
                        size="sm"
                        label={t('grid.drop', { n: row.original.n })}
                        onClick={() => onDrop(row.original.n)}
                      >
                        <Trash2 aria-hidden />
                      </IconButton>
                    )}
                  </span>
                </div>
                <div role="cell">
                  <RowFaults row={row.original} />
                </div>
              </div>
            )
          })}
        </div>
      </div>
      <datalist id="bulk-products">
        {options.products.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id="bulk-groups">
        {options.groups.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  )
}

function RowNumber({ row }: { row: RowView }) {
  const t = useTranslations('bulk.grid')
  const isFine = row.state === 'good' && row.faults.length === 0
  return (
    <span role="cell" className="figures flex items-center gap-1.5 text-sm text-muted">
      <span className="sm:hidden">{t('row')}</span>
      {row.n}
      {isFine && (
        <CircleCheck role="img" aria-label={t('fine')} className="size-4 text-success-text" />
      )}
    </span>
  )
}

const step = ({ key }: KeyboardEvent): number =>
  key === 'ArrowDown' || key === 'Enter' ? 1 : key === 'ArrowUp' ? -1 : 0

/** Up and down as in a spreadsheet: the same column of the row beside. */
function move(event: KeyboardEvent, to: string | undefined): void {
  const { target, currentTarget } = event
  if (step(event) === 0 || !(target instanceof HTMLInputElement)) return
  // Where names are suggested, the arrows go through them.
  if (target.list && event.key !== 'Enter') return
  event.preventDefault()
  const cell = currentTarget.parentElement?.querySelector<HTMLInputElement>(
    `[data-cell="${to}-${target.dataset.column}"]`,
  )
  // With nowhere to go, what was typed is still taken.
  if (cell) cell.focus()
  if (!cell) target.blur()
}
