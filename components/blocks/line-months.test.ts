import { expect, test } from 'vitest'
import type { BlockRow } from '#server/accounts/schema.blocks.ts'
import { civilDate } from '#server/kernel/civil.ts'
import { lineMonth } from './line-months.ts'

const row = (over: Partial<BlockRow> & { from: string; until?: string }): BlockRow => ({
  block: 1,
  account: 1,
  accountId: 'ph1x1',
  extension: '1',
  name: '',
  placedBy: 'customer',
  reason: '',
  startsAt: '',
  endsAt: null,
  plannedUntil: null,
  days: { from: civilDate(over.from), until: over.until ? civilDate(over.until) : null },
  state: 'over',
  ...over,
})
const marks = (rows: BlockRow[]) =>
  lineMonth(rows, '2026-11')
    .map(({ lines, planned, byProvider }) =>
      lines === 0 ? '.' : byProvider ? 'A' : planned ? 'p' : 'x',
    )
    .join('')

test('a month shows what was, what is, and what is planned', () => {
  expect(
    marks([
      row({ from: '2026-10-28', until: '2026-11-03' }),
      row({ from: '2026-11-05', until: '2026-11-07', placedBy: 'admin' }),
      row({ from: '2026-11-06', until: '2026-11-09', state: 'planned' }),
      row({ from: '2026-11-10', until: '2026-11-20', state: 'cancelled' }),
      row({ from: '2026-11-28', state: 'running' }),
    ]),
  ).toBe('xx..AApp...................xxx')
})
