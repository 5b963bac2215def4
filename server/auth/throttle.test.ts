import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockSeconds } from '#server/auth/throttle.ts'

test('four failures are free; the fifth costs 30 seconds, each further one twice as much, 15 minutes at most', () => {
  expect(Array.from({ length: 12 }, (_, failures) => blockSeconds(failures))).toEqual([
    0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900,
  ])
})

test('it never gets shorter, and never longer than 15 minutes, however many failures', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (failures) => {
      expect(blockSeconds(failures + 1)).toBeGreaterThanOrEqual(blockSeconds(failures))
      expect(blockSeconds(failures)).toBeLessThanOrEqual(900)
    }),
  )
})
