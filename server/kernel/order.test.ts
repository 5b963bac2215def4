import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placed } from './order.ts'

const letters = (list: readonly string[]) => list.join('')
const place = (list: string, some: string, before: string | null) =>
  letters(placed([...list], [...some], before))

test('one goes before another, or last', () => {
  expect(place('abcd', 'c', 'a')).toBe('cabd')
  expect(place('abcd', 'a', 'd')).toBe('bcad')
  expect(place('abcd', 'a', null)).toBe('bcda')
})

test('several go together, in the order they are named', () => {
  expect(place('abcde', 'ea', 'c')).toBe('beacd')
})

test('who wasn’t in it comes in', () => {
  expect(place('ab', 'xy', 'b')).toBe('axyb')
  expect(place('', 'x', null)).toBe('x')
})

test('dropped on itself, nothing changes', () => {
  expect(place('abcd', 'b', 'b')).toBe('abcd')
  expect(place('abcd', 'bc', 'c')).toBe('abcd')
  expect(place('abcd', 'd', 'd')).toBe('abcd')
})

test('before somebody who has left is last', () => {
  expect(place('abc', 'a', 'x')).toBe('bca')
})

test('nobody is lost, doubled, or moved against the others', () => {
  const list = fc.uniqueArray(fc.nat(30))
  fc.assert(
    fc.property(list, list, fc.option(fc.nat(30)), (members, some, before) => {
      const after = placed(members, some, before)
      expect(new Set(after)).toEqual(new Set([...members, ...some]))
      expect(after).toHaveLength(new Set([...members, ...some]).size)
      const others = (of: readonly number[]) => of.filter((one) => !some.includes(one))
      expect(others(after)).toEqual(others(members))
    }),
  )
})
