import { useState } from 'react'
import { useTRPCClient } from '#components/trpc/client.tsx'
import { type AccountMove, whyNot } from '#server/accounts/schema.moves.ts'
import type { ExtensionFilter, ExtensionRow, SelectedExtensions } from '#server/pbx/schema.ts'

/** What of a row decides what may be done with it. */
type Picked = Pick<ExtensionRow, 'account' | 'accountId' | 'extension' | 'status' | 'blockedBy'>

export type Selection = Readonly<{
  count: number
  /** Everything that matches, seen or not. */
  everything: boolean
  has: (row: Picked) => boolean
  toggle: (row: Picked) => void
  /** All of these, or none if all of them were. */
  togglePage: (rows: readonly Picked[]) => void
  takeEverything: () => void
  clear: () => void
  /** Those among them that a move is possible for, and how many it isn't. */
  resolve: (move: AccountMove) => Promise<SelectedExtensions>
  /** All of them. */
  all: () => Promise<number[]>
}>

/**
 * Extensions that were picked, over several pages. All that match are counted here and named by the
 * server when something is about to be done with them: what was said is what will change.
 */
export function useSelection(filter: ExtensionFilter, total: number): Selection {
  const client = useTRPCClient()
  const of = JSON.stringify(filter)
  const [state, setState] = useState({
    of,
    rows: new Map<number, Picked>(),
    everything: false,
  })
  // Another filter, another list: nobody sees any more what was picked of the last one.
  const now = state.of === of ? state : { of, rows: new Map<number, Picked>(), everything: false }
  const set = (rows: Map<number, Picked>, everything = false) => setState({ of, rows, everything })
  const has = ({ account }: Picked) => now.everything || now.rows.has(account)

  return {
    count: now.everything ? total : now.rows.size,
    everything: now.everything,
    has,
    toggle(row) {
      const rows = new Map(now.everything ? [] : now.rows)
      if (!rows.delete(row.account)) rows.set(row.account, row)
      set(rows)
    },
    togglePage(page) {
      const rows = new Map(now.everything ? [] : now.rows)
      const all = page.every(has)
      for (const row of page) {
        if (all) rows.delete(row.account)
        else rows.set(row.account, row)
      }
      set(rows)
    },
    takeEverything: () => set(new Map(), true),
    clear: () => set(new Map()),
    async all() {
      if (!now.everything) return [...now.rows.keys()]
      return (await client.pbx.selectExtensions.query(filter)).accounts
    },
    async resolve(move) {
      if (now.everything) return client.pbx.selectExtensions.query({ ...filter, move })
      const picked = [...now.rows.values()]
      const may = picked.filter((row) => !whyNot(move, row, 'customer'))
      return { accounts: may.map((row) => row.account), left: picked.length - may.length }
    },
  }
}
