'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { Option } from '#components/form/select-field.tsx'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Day } from '#components/ui/money.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { StatusChip } from '#components/ui/status-chip.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { TaxRateRow } from '#server/billing/schema.tax.ts'
import type { CivilDate } from '#server/kernel/civil.ts'
import { EndRateDialog } from './tax-end-dialog.tsx'

type Props = Readonly<{
  rates: readonly TaxRateRow[]
  today: CivilDate
  countries: readonly Option[]
  empty: ReactNode
}>

const tones = { coming: 'accent', valid: 'success', ended: 'neutral' } as const

/** Every rate there is or was, and for whom it holds. */
export function TaxRateTable({ rates, today, countries, empty }: Props) {
  const t = useTranslations('admin.taxes')
  const format = useFormatter()
  const whyNot = useWhyNotMine()
  const [ending, setEnding] = useState<TaxRateRow>()
  const percent = (rate: string) => format.number(Number(rate), { maximumFractionDigits: 4 })

  const columns: Column<TaxRateRow>[] = [
    {
      id: 'tax',
      header: t('columns.tax'),
      primary: true,
      cell: ({ name, rate }) => (
        <span className="figures">
          {name} {percent(rate)}%
        </span>
      ),
    },
    {
      id: 'for',
      header: t('columns.for'),
      cell: (row) => <ForWhom row={row} countries={countries} />,
    },
    { id: 'from', header: t('columns.from'), cell: ({ validFrom }) => <Day day={validFrom} /> },
    {
      id: 'until',
      header: t('columns.until'),
      cell: ({ validUntil }) =>
        validUntil ? <Day day={validUntil} /> : <span className="text-muted">{t('andOn')}</span>,
    },
    {
      id: 'state',
      header: t('columns.state'),
      cell: ({ state }) => <StatusChip tone={tones[state]}>{t(`states.${state}`)}</StatusChip>,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (row) =>
        row.validUntil === null && (
          <ActionButton
            size="sm"
            aria-label={t('endOf', { name: row.name })}
            disabledReason={whyNot('taxes:write')}
            onClick={() => setEnding(row)}
          >
            {t('end')}
          </ActionButton>
        ),
    },
  ]

  return (
    <>
      <Table
        label={t('rates')}
        columns={columns}
        rows={rates}
        rowKey={({ taxRate }) => taxRate}
        empty={empty}
      />
      <EndRateDialog rate={ending} today={today} onClose={() => setEnding(undefined)} />
    </>
  )
}

function ForWhom({ row, countries }: Readonly<{ row: TaxRateRow; countries: readonly Option[] }>) {
  const t = useTranslations('admin.taxes')
  const country = countries.find(({ value }) => value === row.country)?.label ?? row.country
  const place = row.region && country ? t('state', { state: row.region, country }) : country
  const who = [row.className && t('classOf', { name: row.className }), place].filter(Boolean)
  return who.length > 0 ? who.join(' · ') : t('everybody')
}
