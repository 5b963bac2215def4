'use client'

import { useMutation } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/client.tsx'
import { idempotent } from '#components/trpc/retry-link.ts'
import { useCatalogueCode, useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { ActionMenu } from '#components/ui/action-menu.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { type Column, Table } from '#components/ui/table.tsx'
import type { AddableProduct, PlacesView } from '#server/agreements/schema.ts'
import { useFees } from './cost.ts'
import { ItemDialog } from './item-dialog.tsx'
import { useChanged } from './use-changed.ts'

type Props = Readonly<{
  customer: number
  currency: string
  of: 'main' | 'addon'
  items: readonly PlacesView[]
  addable: readonly AddableProduct[]
}>

/** What a customer may use and how much of it, each with what is in use. */
export function AgreementTable({ customer, currency, of, items, addable }: Props) {
  const t = useTranslations('admin.agreement')
  const kinds = useTranslations('admin.kinds')
  const fees = useFees(t('package'))
  const say = useCatalogueCode('refusals')
  const sentence = useRefusal()
  const [editing, setEditing] = useState<PlacesView | 'new'>()
  const remove = useRemove(customer)
  const own = items.filter(({ role }) => role === of)
  const others = addable.filter(({ role }) => role === of)
  const refusal = sentence(remove.error)

  const columns: Column<PlacesView>[] = [
    { id: 'product', header: t('columns.product'), primary: true, cell: ({ name }) => name },
    { id: 'kind', header: t('columns.kind'), cell: ({ accountKind }) => kinds(accountKind) },
    { id: 'price', header: t('columns.price'), cell: (item) => fees(item) },
    { id: 'used', header: t('columns.used'), align: 'end', cell: ({ used }) => used },
    {
      id: 'limit',
      header: t('columns.limit'),
      align: 'end',
      cell: ({ quantity }) => quantity ?? t('unlimited'),
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      hideHeader: true,
      align: 'end',
      cell: (item) => (
        <ActionMenu
          label={t('actionsOf', { product: item.name })}
          actions={[
            {
              id: 'edit',
              label: t('edit'),
              icon: <Pencil aria-hidden />,
              onAction: () => setEditing(item),
            },
            {
              id: 'remove',
              label: t('remove'),
              tone: 'danger',
              icon: <Trash2 aria-hidden />,
              disabledReason:
                item.used > 0
                  ? say('agreement.in_use', { product: item.name, used: item.used })
                  : undefined,
              onAction: () => remove.of(item),
            },
          ]}
        />
      ),
    },
  ]

  return (
    <>
      {refusal && (
        <div className="mb-4">
          <Notice tone="danger" announce>
            {refusal}
          </Notice>
        </div>
      )}
      <Card
        padding="none"
        title={t(of === 'main' ? 'main' : 'addons')}
        actions={<Add none={others.length === 0} onAdd={() => setEditing('new')} />}
      >
        <Table
          label={t(of === 'main' ? 'main' : 'addons')}
          columns={columns}
          rows={own}
          rowKey={({ product }) => product}
          empty={
            <EmptyState
              title={t(of === 'main' ? 'emptyMain' : 'emptyAddons')}
              action={<Add none={others.length === 0} onAdd={() => setEditing('new')} />}
            >
              {t('emptyText')}
            </EmptyState>
          }
        />
      </Card>
      <ItemDialog
        customer={customer}
        currency={currency}
        addable={others}
        editing={editing}
        onClose={() => setEditing(undefined)}
      />
    </>
  )
}

function Add({ none, onAdd }: { none: boolean; onAdd: () => void }) {
  const t = useTranslations('admin.agreement')
  return (
    <ActionButton
      variant="primary"
      size="sm"
      disabledReason={none ? t('nothingToAdd') : undefined}
      onClick={onAdd}
    >
      <Plus aria-hidden />
      {t('add')}
    </ActionButton>
  )
}

/** Done at once, for nobody uses it: and put back by a press. */
function useRemove(customer: number) {
  const t = useTranslations('admin.agreement')
  const trpc = useTRPC()
  const changed = useChanged()
  // Setting what is set already is the same as setting it once.
  const repeatable = { trpc: { context: idempotent.context } }
  const putBack = useMutation(trpc.agreements.setItem.mutationOptions(repeatable))
  const remove = useMutation(trpc.agreements.removeItem.mutationOptions())

  return {
    error: remove.error ?? putBack.error,
    of({ product, name, quantity }: PlacesView) {
      const undo = () =>
        putBack.mutate(
          { customer, product, quantity },
          { onSuccess: () => changed({ title: t('restored', { product: name }) }) },
        )
      remove.mutate(
        { customer, product },
        { onSuccess: () => changed({ title: t('removed', { product: name }), undo }) },
      )
    },
  }
}
