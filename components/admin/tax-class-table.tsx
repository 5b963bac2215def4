import { useFormatter, useTranslations } from 'next-intl'
import { type Column, Table } from '#components/ui/table.tsx'
import type { TaxesView } from '#server/billing/schema.tax.ts'

type ClassRow = TaxesView['classes'][number]

/** Which tax holds where no rate does, class by class. */
export function TaxClassTable({ classes }: { classes: readonly ClassRow[] }) {
  const t = useTranslations('admin.taxes')
  const format = useFormatter()
  const columns: Column<ClassRow>[] = [
    { id: 'name', header: t('classColumns.name'), primary: true, cell: ({ name }) => name },
    {
      id: 'tax',
      header: t('classColumns.tax'),
      cell: ({ taxName, rate }) => (
        <span className="figures">
          {taxName} {format.number(Number(rate), { maximumFractionDigits: 4 })}%
        </span>
      ),
    },
    {
      id: 'prices',
      header: t('classColumns.prices'),
      cell: ({ inclusive }) => t(inclusive ? 'inclusive' : 'exclusive'),
    },
  ]
  return (
    <Table
      label={t('classes')}
      columns={columns}
      rows={classes}
      rowKey={({ customerClass }) => customerClass}
      empty={null}
    />
  )
}
