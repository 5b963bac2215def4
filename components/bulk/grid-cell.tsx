'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type Column, isWarning, limits, type RowView } from '#server/bulk/schema.ts'
import type { Options } from './row-grid.tsx'

type Props = Readonly<{
  row: RowView
  column: Column
  options: Options
  readOnly: boolean
  onMend: (n: number, column: Column, value: string) => void
}>

export const faultsId = (n: number) => `faults-of-${n}`

const lists: Partial<Record<Column, string>> = {
  product: 'bulk-products',
  huntgroup: 'bulk-groups',
}

/** A cell that can be typed in; leaving it, or Enter, has the row judged anew. Escape takes it back. */
export function GridCell({ row, column, readOnly, onMend }: Props) {
  const t = useTranslations('bulk')
  const kept = row.cells[column]
  const [typed, setTyped] = useState<string>()
  const faults = row.faults.filter((fault) => fault.column === column)
  const wrong = faults.some((fault) => !isWarning(fault))

  const leave = () => {
    if (typed !== undefined && typed.trim() !== kept) onMend(row.n, column, typed.trim())
    setTyped(undefined)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: see row-grid.tsx
    <span role="cell" className="grid gap-0.5">
      <span aria-hidden className="text-xs text-muted sm:hidden">
        {t(`columns.${column}`)}
      </span>
      <input
        data-cell={`${row.n}-${column}`}
        data-column={column}
        aria-label={t('grid.cell', { n: row.n, column: t(`columns.${column}`) })}
        aria-invalid={wrong || undefined}
        aria-describedby={faults.length > 0 ? faultsId(row.n) : undefined}
        value={typed ?? kept}
        readOnly={readOnly}
        maxLength={limits.cell}
        list={lists[column]}
        autoComplete="off"
        spellCheck={false}
        className={`input h-8 min-w-0 px-2 py-0 text-sm ${wrong ? 'border-danger!' : faults.length > 0 ? 'border-warning!' : ''}`}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(undefined)
        }}
      />
    </span>
  )
}
