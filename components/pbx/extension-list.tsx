'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import type { ExtensionQuery } from '#server/pbx/schema.ts'
import { ExtensionActions } from './extension-actions.tsx'
import { ExtensionDrawer } from './extension-drawer.tsx'
import { ExtensionFilters } from './extension-filters.tsx'
import { columnsIn, filterOf } from './extension-query.ts'
import { ExtensionTable, type ExtensionWithPhone } from './extension-table.tsx'
import { type Selection, useSelection } from './selection.ts'
import { useAddress } from './use-address.ts'

type Props = Readonly<{
  rows: readonly ExtensionWithPhone[]
  total: number
  all: number
  query: ExtensionQuery
  /** What the agreement has for extensions. */
  places: readonly PlacesView[]
  support: Me['support']
  empty: ReactNode
  pager: ReactNode
}>

/** The list with all that hangs on it: filters, selection, what is done with many, the drawer for one. */
export function ExtensionList(props: Props) {
  const { rows, total, all, query, places, support, empty, pager } = props
  const address = useAddress()
  const columns = columnsIn({ columns: address.get('columns') })
  const selection = useSelection(filterOf(query), total)

  return (
    <>
      {all > 0 && <ExtensionFilters columns={columns} places={places} />}
      <ExtensionActions
        selection={selection}
        total={total}
        onPage={rows.length}
        products={places.filter((place) => place.role === 'main')}
        support={support}
      />
      {rows.length > 0 && <SelectPage rows={rows} selection={selection} />}
      <ExtensionTable
        rows={rows}
        query={query}
        columns={columns}
        selection={selection}
        empty={empty}
      />
      {pager}
      <ExtensionDrawer places={places} support={support} />
    </>
  )
}

function SelectPage({ rows, selection }: Pick<Props, 'rows'> & { selection: Selection }) {
  const t = useTranslations('pbx.list')
  return (
    <label className="flex w-fit cursor-pointer items-center gap-3 px-4 pt-3 pb-1 text-[0.8125rem] text-muted">
      <input
        type="checkbox"
        className="tick"
        checked={rows.every(selection.has)}
        onChange={() => selection.togglePage(rows)}
      />
      {t('selectPage', { count: rows.length })}
    </label>
  )
}
