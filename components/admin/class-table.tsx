import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextLink } from '#components/ui/button.tsx'
import { Money } from '#components/ui/money.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import { type ClassView, mostCounted } from '#server/customers/schema.classes.ts'
import { paths } from '#server/kernel/routes.ts'

type Props = Readonly<{ classes: readonly ClassView[]; empty: ReactNode }>

/** Which rules customers have in common, class by class. */
export function ClassTable({ classes, empty }: Props) {
  const t = useTranslations('admin.classes')
  const format = useFormatter()
  const columns: Column<ClassView>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: ({ customerClass, name }) => (
        <TextLink href={paths.customerClass(customerClass)}>{name}</TextLink>
      ),
    },
    { id: 'currency', header: t('columns.currency'), cell: ({ currency }) => currency },
    {
      id: 'tax',
      header: t('columns.tax'),
      cell: ({ taxName, taxRate, taxInclusive }) =>
        t('tax', {
          name: taxName,
          rate: format.number(Number(taxRate), { maximumFractionDigits: 4 }),
          prices: taxInclusive ? 'with' : 'plus',
        }),
    },
    {
      id: 'day',
      className: 'whitespace-nowrap',
      header: t('columns.day'),
      cell: ({ billingDay }) =>
        billingDay === null ? t('anniversary') : t('day', { day: billingDay }),
    },
    {
      id: 'due',
      className: 'whitespace-nowrap',
      header: t('columns.due'),
      cell: ({ dueDays }) => t('dueIn', { days: dueDays }),
    },
    {
      id: 'suspend',
      className: 'whitespace-nowrap',
      header: t('columns.suspend'),
      cell: ({ suspendDays }) =>
        suspendDays === null ? t('never') : t('suspendAfter', { days: suspendDays }),
    },
    {
      id: 'limit',
      header: t('columns.limit'),
      align: 'end',
      cell: ({ creditLimit, currency }) =>
        creditLimit === null ? t('noLimit') : <Money amount={creditLimit} currency={currency} />,
    },
    {
      id: 'customers',
      header: t('columns.customers'),
      align: 'end',
      cell: ({ customers }) =>
        customers > mostCounted ? t('moreThan', { most: mostCounted }) : format.number(customers),
    },
  ]
  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={classes}
      rowKey={({ customerClass }) => customerClass}
      empty={empty}
    />
  )
}
