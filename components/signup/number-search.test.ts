import { expect, test } from 'vitest'
import { zFindNumbers } from '#server/signup/schema.ts'
import { patternOf } from './number-search.tsx'

test('digits are asked for as the inventory understands them', () => {
  expect(patternOf({ place: 'ends', digits: '' })).toBeUndefined()
  expect(patternOf({ place: 'ends', digits: '55' })).toBe('55')
  expect(patternOf({ place: 'contains', digits: '55' })).toBe('*55*')
  expect(patternOf({ place: 'starts', digits: '604' })).toBe('604*')
})

test('the longest that can be typed is within what the server takes', () => {
  const pattern = patternOf({ place: 'contains', digits: '1234567890' })
  expect(zFindNumbers.safeParse({ site: 'panda', pattern }).success).toBe(true)
})
