import { createTranslator } from 'next-intl'
import { valuesOf } from '#server/bulk/schema.faults.ts'
import type { Cells, Fault } from '#server/bulk/schema.ts'
import type { Locale } from '#server/kernel/locale.ts'
import en from '../../messages/en.json' with { type: 'json' }
import es from '../../messages/es.json' with { type: 'json' }

const texts = { en: { bulk: en.bulk }, es: { bulk: es.bulk } }

/** What is to be done about the faults of a row, as the page says it, for a cell of the error file. */
export function sentencesIn(locale: Locale): (cells: Cells, faults: readonly Fault[]) => string {
  const t = createTranslator({ locale, messages: texts[locale], namespace: 'bulk' })
  return (cells, faults) =>
    faults
      .map((fault) => {
        const value = fault.column ? cells[fault.column] : ''
        const values = valuesOf(fault, value, (column) => t(`columns.${column}`))
        const says = t(`faults.${fault.code}`, values as never)
        return fault.column ? `${t(`columns.${fault.column}`)}: ${says}` : says
      })
      .join(' ')
}
