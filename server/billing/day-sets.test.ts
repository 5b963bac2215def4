import { describe, expect, test } from 'vitest'
import { daySet, meet, minus, union } from '#server/billing/day-sets.ts'
import { days } from '#server/billing/testing.ts'
import type { Period } from '#server/kernel/civil.ts'

const d = (from: number, until: number) =>
  days(`2026-12-${String(from).padStart(2, '0')}`, `2026-12-${String(until).padStart(2, '0')}`)

describe('days as a set', () => {
  test('in order, those that overlap or touch made one, none empty', () => {
    expect(daySet([d(10, 12), d(3, 5), d(5, 7), d(11, 11), d(4, 6), d(8, 8)])).toEqual([
      d(3, 7),
      d(10, 12),
    ])
  })

  test('one within another adds nothing', () => {
    expect(daySet([d(1, 9), d(2, 3), d(1, 9)])).toEqual([d(1, 9)])
  })

  test('a day between two keeps them apart', () => {
    expect(daySet([d(1, 3), d(4, 6)])).toEqual([d(1, 3), d(4, 6)])
  })

  test('of both', () => {
    expect(union([d(1, 3)], [d(3, 5)])).toEqual([d(1, 5)])
    expect(meet([d(1, 5), d(8, 12)], [d(3, 9)])).toEqual([d(3, 5), d(8, 9)])
    expect(meet([d(1, 3)], [d(3, 5)])).toEqual([])
  })

  test.each<[string, Period[], Period[], Period[]]>([
    ['nothing of it', [d(1, 5)], [d(1, 5)], []],
    ['what only touches it', [d(5, 9)], [d(5, 9)], [d(1, 5), d(9, 12)]],
    ['the beginning', [d(4, 9)], [d(1, 9)], [d(1, 4)]],
    ['the end', [d(1, 4)], [d(1, 9)], [d(4, 9)]],
    ['the middle', [d(1, 3), d(6, 9)], [d(1, 9)], [d(3, 6)]],
    ['all', [], [d(2, 8)], [d(1, 9)]],
    ['exactly it', [], [d(2, 8)], [d(2, 8)]],
    ['parts of several', [d(1, 2), d(8, 9)], [d(1, 4), d(6, 9)], [d(2, 8)]],
  ])('less %s', (_, left, from, taken) => {
    expect(minus(from, taken)).toEqual(left)
  })
})
