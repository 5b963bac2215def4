import { expect, test } from 'vitest'
import type { Happening } from '#server/events/schema.ts'
import { worthTelling } from './happenings.ts'

let id = 0
const event = (
  type: string,
  entityId: string,
  payload: Record<string, unknown> = {},
): Happening => ({
  id: ++id,
  type,
  entity: type.startsWith('number') ? 'number' : 'account',
  entityId,
  payload,
  actor: 'Adam Abbott',
  at: '2026-11-21T10:00:00Z',
})

test('an extension added with a number is told in two lines, not in five', () => {
  const told = worthTelling([
    event('extension.added', '7'),
    event('account.alias_added', '7', { alias: '12094555950' }),
    event('number.assigned', '12094555950', { number: '12094555950' }),
    event('subscription.started', '7', { subscription: 'Cloud PBX' }),
    event('account.created', '7'),
  ])
  expect(told.map(({ type }) => type)).toEqual(['extension.added', 'account.alias_added'])
})

test('a phone line, which is no extension, is told as an account', () => {
  const told = worthTelling([event('account.created', '8'), event('extension.added', '7')])
  expect(told.map(({ type }) => type)).toEqual(['account.created', 'extension.added'])
})
