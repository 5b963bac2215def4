import { describe, expect, test } from 'vitest'
import { inEffect, leadsOf, lostLeads, type Menu, type Reached, zMenu } from './schema.menus.ts'

const menu: Menu = {
  greeting: 'Welcome to ABC. For sales, press 1.',
  keys: {
    '1': { to: 'group', group: 7 },
    '2': { to: 'extension', account: 100 },
    '*': { to: 'repeat' },
    '0': { to: 'voicemail', account: 100 },
  },
  plays: 3,
  otherwise: { to: 'extension', account: 100 },
}
const john = { account: 100, extension: '4665', name: 'John Doe', status: 'active' as const }
const all: Reached = { lines: [john], groups: [{ group: 7, name: 'Sales', members: 2 }] }

describe('a menu', () => {
  test('is told in the order of the keypad, its end last', () => {
    expect(leadsOf(menu).map(({ key }) => key)).toEqual(['1', '2', '*', '0', 'otherwise'])
  })

  test('never ends in itself, and always somewhere', () => {
    expect(zMenu.safeParse(menu).success).toBe(true)
    expect(zMenu.safeParse({ ...menu, otherwise: { to: 'repeat' } }).success).toBe(false)
    expect(zMenu.safeParse({ ...menu, otherwise: undefined }).success).toBe(false)
    expect(zMenu.safeParse({ ...menu, plays: 0 }).success).toBe(false)
    expect(zMenu.safeParse({ ...menu, keys: { 1: { to: 'goodbye' } } }).success).toBe(false)
    expect(zMenu.safeParse({ ...menu, keys: { A: { to: 'repeat' } } }).success).toBe(false)
    expect(zMenu.safeParse({ ...menu, greeting: '  ' }).success).toBe(false)
  })
})

describe('a lead that leads nowhere', () => {
  test('is none while everybody is there', () => {
    expect(lostLeads(menu, all)).toEqual([])
    expect(inEffect(menu, all)).toEqual(menu)
  })

  test('says the menu again, and the end says goodbye, when its extension has ended', () => {
    const gone = { ...all, lines: [] }
    expect(lostLeads(menu, gone)).toEqual([
      { key: '2', why: 'ended' },
      { key: '0', why: 'ended' },
      { key: 'otherwise', why: 'ended' },
    ])
    expect(inEffect(menu, gone)).toMatchObject({
      keys: { '1': { to: 'group' }, '2': { to: 'repeat' }, '0': { to: 'repeat' } },
      otherwise: { to: 'goodbye' },
    })
  })

  test('is one to a group that nobody is in', () => {
    const empty = { ...all, groups: [{ group: 7, name: 'Sales', members: 0 }] }
    expect(lostLeads(menu, empty)).toEqual([{ key: '1', why: 'empty' }])
    expect(inEffect(menu, empty).keys['1']).toEqual({ to: 'repeat' })
  })
})
