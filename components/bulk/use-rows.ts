'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useTRPCClient } from '#components/trpc/client.tsx'
import type { RowView } from '#server/bulk/schema.ts'

type Only = 'all' | 'attention'

/**
 * Rows of an upload, as far as they were scrolled to. What has been mended stays where it was: a row
 * that went away under the hands of whoever is typing would take the keyboard's place with it.
 */
export function useRows(id: string, only: Only) {
  const client = useTRPCClient()
  const [rows, setRows] = useState<readonly RowView[]>([])
  const [next, setNext] = useState<number | null>(0)
  const [failed, setFailed] = useState<unknown>()
  const loading = useRef(false)

  const more = useCallback(async () => {
    if (loading.current || next === null) return
    loading.current = true
    try {
      const page = await client.bulk.rows.query({ id, only, cursor: next })
      setRows((known) => [...known.filter(({ n }) => n <= next), ...page.rows])
      setNext(page.next)
      setFailed(undefined)
    } catch (error) {
      setFailed(error)
    } finally {
      loading.current = false
    }
  }, [client, id, only, next])

  useEffect(() => {
    if (next === 0) void more()
  }, [next, more])

  /** What is to be said now of the rows that are shown. */
  const refresh = useCallback(async () => {
    const last = rows.at(-1)?.n ?? 0
    const now = new Map<number, RowView>()
    for (let cursor: number | null = 0; cursor !== null && cursor < last; ) {
      const page: { rows: RowView[]; next: number | null } = await client.bulk.rows.query({
        id,
        only: 'attention',
        cursor,
      })
      for (const row of page.rows) now.set(row.n, row)
      cursor = page.next
    }
    setRows((known) => {
      const added = [...now.values()].filter((row) => !known.some(({ n }) => n === row.n))
      const kept = known.map((row) => now.get(row.n) ?? fine(row))
      return [...kept, ...added.filter(({ n }) => n <= last)].sort((a, b) => a.n - b.n)
    })
  }, [client, id, rows])

  const change = useCallback((n: number, cells: Partial<RowView['cells']>) => {
    setRows((known) =>
      known.map((row) => (row.n === n ? { ...row, cells: { ...row.cells, ...cells } } : row)),
    )
  }, [])
  const remove = useCallback((n: number) => {
    setRows((known) => known.filter((row) => row.n !== n))
  }, [])

  return { rows, hasMore: next !== null, more, refresh, change, remove, failed }
}

/** Of what needed attention and isn't among those any more, nothing is wrong. */
const fine = (row: RowView): RowView =>
  row.state === 'faulty' || row.state === 'over' || row.faults.length > 0
    ? { ...row, state: 'good', extra: null, faults: [] }
    : row
