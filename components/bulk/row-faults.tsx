'use client'

import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { valuesOf } from '#server/bulk/schema.faults.ts'
import { type Fault, isWarning, type RowView } from '#server/bulk/schema.ts'
import { faultsId } from './grid-cell.tsx'

const beyond: Fault = { column: 'product', code: 'over' }

/** What is wrong with a row and what to do, under it. */
export function RowFaults({ row }: { row: RowView }) {
  const t = useTranslations('bulk')
  const faults = row.state === 'over' ? [...row.faults, beyond] : row.faults
  if (faults.length === 0) return null

  const said = (fault: Fault) => {
    const value = fault.column ? row.cells[fault.column] : ''
    const values = valuesOf(fault, value, (column) => t(`columns.${column}`))
    return t(`faults.${fault.code}`, values as never)
  }
  return (
    <ul id={faultsId(row.n)} className="grid gap-1 px-4 pb-3 text-sm sm:ps-[4.5rem]">
      {faults.map((fault) => {
        const mild = isWarning(fault) || fault.code === 'over'
        const Icon = mild ? TriangleAlert : CircleAlert
        return (
          <li
            key={`${fault.column} ${fault.code} ${JSON.stringify(fault.details)}`}
            className={`flex gap-2 ${mild ? 'text-warning-text' : 'text-danger-text'}`}
          >
            <Icon aria-hidden className="mt-0.5 size-4 flex-none" />
            <span>
              {fault.column && (
                <span className="font-medium">{t(`columns.${fault.column}`)}: </span>
              )}
              {said(fault)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
