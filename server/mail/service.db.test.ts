import { beforeEach, describe, expect, test } from 'vitest'
import type { CustomerId } from '#server/kernel/ids.ts'
import { testDatabase } from '#server/testing/database.ts'
import * as mail from './service.ts'

const it = testDatabase()
const abc = 46170 as CustomerId

beforeEach(() => it.sql('delete from mails'))

/** What a link in the table could still open. */
const door = 'https://portal.example/enter#door=opens-once'
const withDoor = async () =>
  (
    await it.sql<{ state: string }>('select state from mails where text || html like $1', [
      `%${door}%`,
    ])
  ).map(({ state }) => state)

const welcome = (to = 'adam@abc.example') =>
  it.as({ realm: 'system', name: 'test', ip: 'internal' }, (ctx) =>
    mail.welcome(ctx, to, abc, {
      locale: 'en',
      brand: { title: 'Panda Telecom', accent: '#5b4bdb' },
      name: 'Adam',
      number: '+1 209 455 5948',
      accountId: 'ph46170x4665',
      login: 'adam',
      selfCareUrl: door,
    }),
  )

const states = async () =>
  (
    await it.sql<{ state: string; tries: number }>('select state, tries from mails order by id')
  ).map(({ state, tries }) => `${state} ${tries}`)

test('without a mail server mails are kept, to be read', async () => {
  await welcome()
  expect(await mail.deliverDue(it.edge(), undefined)).toBe(1)
  expect(await states()).toEqual(['kept 0'])
})

test('a mail is sent once', async () => {
  await welcome()
  const sent: string[] = []
  const transport: mail.Transport = async ({ to, subject }) => void sent.push(`${to}: ${subject}`)
  await mail.deliverDue(it.edge(), transport)
  await mail.deliverDue(it.edge(), transport)
  expect(sent).toEqual([expect.stringMatching(/^adam@abc\.example: .*Panda Telecom/)])
  expect(await states()).toEqual(['sent 1'])
})

test('two nodes at once send each mail once', async () => {
  for (let n = 0; n < 10; n++) await welcome(`${n}@abc.example`)
  const sent: string[] = []
  const transport: mail.Transport = async ({ to }) => void sent.push(to)
  await Promise.all([1, 2, 3].map(() => mail.deliverDue(it.edge(), transport)))
  expect(sent.toSorted()).toEqual(Array.from({ length: 10 }, (_, n) => `${n}@abc.example`))
})

test('a mail server that is down is tried again, later and later, and in the end not any more', async () => {
  await welcome()
  const down: mail.Transport = async () => {
    throw new Error('connection refused')
  }
  await mail.deliverDue(it.edge(), down)
  expect(await mail.deliverDue(it.edge(), down)).toBe(0)
  it.clock.advance(60_000)
  expect(await mail.deliverDue(it.edge(), down)).toBe(1)
  expect(await states()).toEqual(['queued 2'])
  for (let day = 0; day < 8; day++) {
    it.clock.advance(86_400_000)
    await mail.deliverDue(it.edge(), down)
  }
  expect(await states()).toEqual(['failed 8'])
})

test('a node that died while sending leaves the mail to another, five minutes later', async () => {
  await welcome()
  const never: mail.Transport = () => new Promise(() => {})
  void mail.deliverDue(it.edge(), never)
  await expect.poll(states).toEqual(['queued 1'])
  const sent: string[] = []
  const transport: mail.Transport = async ({ to }) => void sent.push(to)
  expect(await mail.deliverDue(it.edge(), transport)).toBe(0)
  it.clock.advance(5 * 60_000)
  await mail.deliverDue(it.edge(), transport)
  expect(sent).toHaveLength(1)
})

describe('a link in a mail stays in the table', () => {
  const down: mail.Transport = async () => {
    throw new Error('connection refused')
  }

  test('without a mail server, where its reader finds it', async () => {
    await welcome()
    await mail.deliverDue(it.edge(), undefined)
    expect(await withDoor()).toEqual(['kept'])
  })

  test('until the mail server has taken it, and what it was about stays', async () => {
    await welcome()
    await mail.deliverDue(it.edge(), down)
    expect(await withDoor()).toEqual(['queued'])
    it.clock.advance(60_000)
    const sent: string[] = []
    await mail.deliverDue(it.edge(), async ({ text }) => void sent.push(text))
    expect(sent).toEqual([expect.stringContaining(door)])
    expect(await withDoor()).toEqual([])
    expect(await it.sql('select to_address, kind, state, subject from mails')).toEqual([
      {
        to_address: 'adam@abc.example',
        kind: 'welcome',
        state: 'sent',
        subject: expect.stringContaining('Panda Telecom'),
      },
    ])
  })

  test('until nobody will send it any more', async () => {
    await welcome()
    for (let day = 0; day < 9; day++) {
      await mail.deliverDue(it.edge(), down)
      it.clock.advance(86_400_000)
    }
    expect(await states()).toEqual(['failed 8'])
    expect(await withDoor()).toEqual([])
  })
})
