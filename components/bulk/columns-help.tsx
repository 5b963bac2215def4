import { getTranslations } from 'next-intl/server'
import { type Column, columns, mandatory } from '#server/bulk/schema.ts'

/** What each column of a list means, for whom writes one. */
export async function ColumnsHelp() {
  const t = await getTranslations('bulk')
  return (
    <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[minmax(9rem,auto)_1fr]">
      {columns.map((column: Column) => (
        <div key={column} className="contents">
          <dt className="font-medium">
            {t(`columns.${column}`)}
            {mandatory.includes(column) && (
              <span className="ms-2 text-xs font-normal text-muted">{t('help.needed')}</span>
            )}
          </dt>
          <dd className="text-muted max-sm:mb-2">{t(`help.${column}`)}</dd>
        </div>
      ))}
    </dl>
  )
}
