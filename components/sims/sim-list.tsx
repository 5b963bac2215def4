'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { ActionButton } from '#components/ui/action-button.tsx'
import { formatPhone } from '#components/ui/format.ts'
import { useWhyNotAdd } from '#components/ui/rights.tsx'
import type { SimRow } from '#server/accounts/schema.sims.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import { AddSimDialog, type SimToAdd } from './add-sim.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { SimTable } from './sim-table.tsx'

type AddProps = Readonly<{ products: readonly PlacesView[]; support: Me['support'] }>

/** The button that adds a card, and its dialog. */
export function AddSimButton({ products, support }: AddProps) {
  const t = useTranslations('sims')
  const [adding, setAdding] = useState<SimToAdd>()
  const notNow = useWhyNotAdd()('sims:write')
  const full = products.every((product) => product.full)

  return (
    <>
      <ActionButton
        variant="primary"
        disabledReason={
          notNow ??
          (full
            ? t('dialog.full', { email: support.email, phone: formatPhone(support.phone) })
            : undefined)
        }
        onClick={() => setAdding({})}
      >
        <Plus aria-hidden />
        {t('add')}
      </ActionButton>
      <AddSimDialog products={products} sim={adding} onClose={() => setAdding(undefined)} />
    </>
  )
}

type Props = Readonly<{
  rows: readonly SimRow[]
  products: readonly PlacesView[]
  sort: Readonly<{ by: 'iccid' | 'name' | 'added'; descending: boolean }>
  /** The address of the list in another order. */
  orders: Readonly<Record<'iccid' | 'name' | 'added', string>>
  empty: ReactNode
}>

/** SIM cards, and what can be done with one. */
export function SimList({ rows, products, sort, orders, empty }: Props) {
  const [renaming, setRenaming] = useState<SimRow>()
  const [again, setAgain] = useState<SimToAdd>()

  return (
    <>
      <SimTable
        rows={rows}
        sort={sort}
        orders={orders}
        empty={empty}
        onRename={setRenaming}
        onAgain={({ iccid, imsi, name }) => setAgain({ iccid, imsi: imsi ?? '', name })}
      />
      <RenameDialog sim={renaming} onClose={() => setRenaming(undefined)} />
      <AddSimDialog products={products} sim={again} onClose={() => setAgain(undefined)} />
    </>
  )
}
