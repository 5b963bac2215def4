import { expect, test } from 'vitest'
import { type Command, matching } from './command.ts'

const commands: Command[] = [
  { id: 'a', label: 'Call groups', group: 'Pages', href: '/a' },
  { id: 'b', label: 'Números', group: 'Pages', href: '/b' },
  { id: 'c', label: 'Groups', group: 'Pages', href: '/c', keywords: 'hunt' },
]

const found = (text: string) => matching(commands, text).map((command) => command.id)

test('a command is found by the beginnings of its words, accents aside', () => {
  expect(found('numero')).toEqual(['b'])
  expect(found('gr ca')).toEqual(['a'])
  expect(found('hunt')).toEqual(['c'])
  expect(found('roups')).toEqual([])
})

test('what starts with the text comes first; nothing typed shows all', () => {
  expect(found('gro')).toEqual(['c', 'a'])
  expect(found(' ')).toEqual(['a', 'b', 'c'])
})
