import { expect, test } from 'vitest'
import { addressOf, queryOf } from '#server/activity/schema.ts'

test('what the address says is asked for, and the address says it again', () => {
  const address = {
    kind: 'lines',
    who: '2',
    q: 'ph46170x1',
    about: 'account.100007',
    from: '2026-11-01',
    to: '2026-11-21',
    outcome: 'denied',
    cursor: '1795000000000-17',
  }
  const query = queryOf(address)
  expect(query).toMatchObject({ kind: 'lines', who: 2, search: 'ph46170x1', outcome: 'denied' })
  expect(query.about).toEqual({ entity: 'account', entityId: '100007' })
  expect(Object.fromEntries(new URLSearchParams(addressOf(query)))).toEqual(address)
})

test('an address that makes no sense asks for everything, and is written as none', () => {
  const query = queryOf({
    kind: 'x',
    who: ['2', '3'],
    about: 'a b',
    from: '2026-02-30',
    to: 7,
    cursor: 'x',
  })
  expect(query).toEqual(queryOf({}))
  expect(addressOf(query)).toBe('')
})
