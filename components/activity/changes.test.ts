import { expect, test } from 'vitest'
import { changesOf, textOf } from './changes.ts'

const words = {
  yes: 'Yes',
  no: 'No',
  list: (items: readonly string[]) => items.join(' + '),
  say: (text: string) => text,
  label: (field: string) => field,
}

test('what stayed is not told, nor whose it is; nothing is nothing, however it is written', () => {
  const before = { id: 'x', name: 'Ann', email: '', numbers: [], published: false }
  const after = { id: 'x', name: 'Anna', email: null, numbers: ['1'], published: false }
  expect(changesOf(before, after)).toEqual([
    { field: 'name', before: 'Ann', after: 'Anna' },
    { field: 'numbers', before: undefined, after: ['1'] },
  ])
})

test('what was made has only an after, what was taken away only a before', () => {
  expect(changesOf(null, { name: 'Ann' })).toEqual([
    { field: 'name', before: undefined, after: 'Ann' },
  ])
  expect(changesOf({ name: 'Ann' }, null)).toEqual([
    { field: 'name', before: 'Ann', after: undefined },
  ])
})

test('facts are read as text, inner ones too', () => {
  expect(textOf(true, words)).toBe('Yes')
  expect(textOf(['a', 'b'], words)).toBe('a + b')
  expect(
    textOf(
      [
        { product: 'PBX', quantity: null },
        { product: 'Fax', quantity: 3 },
      ],
      words,
    ),
  ).toBe('product: PBX + product: Fax; quantity: 3')
})
