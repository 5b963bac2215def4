'use client'

import { useMutation } from '@tanstack/react-query'
import { CalendarOff, Download, LockOpen, Replace, Trash2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { BlockDialog } from '#components/blocks/block-dialog.tsx'
import { UnblockDialog } from '#components/blocks/unblock-dialog.tsx'
import { useTRPC } from '#components/trpc/client.tsx'
import { useRefusal } from '#components/trpc/use-refusal.ts'
import { ActionButton } from '#components/ui/action-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { useWhyNotMine } from '#components/ui/rights.tsx'
import { notify } from '#components/ui/toast.tsx'
import type { AccountMove } from '#server/accounts/schema.moves.ts'
import type { PlacesView } from '#server/agreements/schema.ts'
import type { Me } from '#server/customers/schema.ts'
import type { SelectedExtensions } from '#server/pbx/schema.ts'
import { ProductDialog } from './product-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { saveFile } from './save-file.ts'
import type { Selection } from './selection.ts'

type Props = Readonly<{
  selection: Selection
  /** How many match in all, and how many of them are on this page. */
  total: number
  onPage: number
  /** Main products of the agreement for extensions. */
  products: readonly PlacesView[]
  support: Me['support']
}>

type Asked = 'block' | 'unblock' | 'end' | 'product'

/** What can be done with all that is selected. Each says what it will do before it does it. */
export function ExtensionActions({ selection, total, onPage, products, support }: Props) {
  const t = useTranslations('pbx')
  const sentence = useRefusal()
  const [asked, setAsked] = useState<{ what: Asked; of: SelectedExtensions }>()
  const of = (what: Asked) => (asked?.what === what ? asked.of : undefined)
  const close = () => setAsked(undefined)
  const done = () => {
    close()
    selection.clear()
  }
  const resolve = useMutation({
    mutationFn: (move: AccountMove) => selection.resolve(move),
    onError: (error) =>
      void notify({ tone: 'danger', title: t('list.failed'), description: sentence(error) }),
  })
  const ask = (what: Asked, move: AccountMove) => async () =>
    setAsked({ what, of: await resolve.mutateAsync(move) })

  return (
    <>
      {selection.count > 0 && (
        <div
          role="toolbar"
          aria-label={t('list.selected', { count: selection.count })}
          className="sticky top-14 z-10 flex flex-wrap items-center gap-2 border-b border-separator bg-accent-soft px-3 py-2 text-sm lg:top-0"
        >
          <span role="status" className="figures me-2 font-medium text-accent-soft-foreground">
            {t('list.selected', { count: selection.count })}
          </span>
          {!selection.everything && total > onPage && (
            <Button variant="ghost" size="sm" onClick={selection.takeEverything}>
              {t('list.selectAll', { total })}
            </Button>
          )}
          <Action icon={<Replace aria-hidden />} onClick={ask('product', 'changeProduct')}>
            {t('change.action')}
          </Action>
          <Action icon={<CalendarOff aria-hidden />} onClick={ask('block', 'planBlock')}>
            {t('list.block')}
          </Action>
          <Action icon={<LockOpen aria-hidden />} onClick={ask('unblock', 'unblock')}>
            {t('list.unblock')}
          </Action>
          <Action icon={<Trash2 aria-hidden />} onClick={ask('end', 'terminate')}>
            {t('ends.action')}
          </Action>
          <Export selection={selection} />
          <Button variant="ghost" size="sm" className="ms-auto" onClick={selection.clear}>
            <X aria-hidden />
            {t('list.clearSelection')}
          </Button>
        </div>
      )}
      <BlockDialog of={of('block')} onClose={close} onDone={done} />
      <UnblockDialog of={of('unblock')} onClose={close} onDone={done} />
      <RemoveDialog of={of('end')} onClose={close} onDone={done} />
      <ProductDialog
        of={of('product')}
        products={products}
        support={support}
        onClose={close}
        onDone={done}
      />
    </>
  )
}

type ActionProps = Readonly<{ icon: ReactNode; onClick: () => unknown; children: ReactNode }>

function Action({ icon, onClick, children }: ActionProps) {
  return (
    <ActionButton
      size="sm"
      disabledReason={useWhyNotMine()('accounts:write')}
      onClick={() => void onClick()}
    >
      {icon}
      {children}
    </ActionButton>
  )
}

/** Of those selected, also what nothing else could be done with: looking is always possible. */
function Export({ selection }: { selection: Selection }) {
  const t = useTranslations('pbx.list')
  const trpc = useTRPC()
  const sentence = useRefusal()
  const read = useMutation(trpc.pbx.exportExtensions.mutationOptions())

  const run = async () => {
    try {
      const csv = await read.mutateAsync({ accounts: await selection.all() })
      saveFile('extensions.csv', 'text/csv;charset=utf-8', csv)
    } catch (error) {
      void notify({ tone: 'danger', title: t('failed'), description: sentence(error) })
    }
  }
  return (
    <Button size="sm" loading={read.isPending} onClick={() => void run()}>
      <Download aria-hidden />
      {t('export')}
    </Button>
  )
}
