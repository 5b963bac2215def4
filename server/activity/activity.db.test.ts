import { describe, expect, test } from 'vitest'
import { type ActivityQuery, zActivityQuery } from '#server/activity/schema.ts'
import * as activity from '#server/activity/service.ts'
import * as audit from '#server/audit/service.ts'
import type { CustomerId } from '#server/kernel/ids.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
const abc = 46170 as CustomerId

const at = (instant: string) => it.clock.set(instant)
const act = (who: Actor, action: string, more: Partial<audit.Act> = {}) =>
  it.as(who, (ctx) => audit.done(ctx, { action, entity: 'account', entityId: '1', ...more }))
const read = (query: Partial<ActivityQuery> = {}, who: Actor = people.adam) =>
  it.as(who, (ctx) => activity.mine(ctx, zActivityQuery.parse({ about: thing, ...query })))
const actions = async (query: Partial<ActivityQuery> = {}, who?: Actor) =>
  (await read(query, who)).rows.map((row) => row.action)

const thing = { entity: 'account', entityId: '1' }

describe('of one thing, by several people', () => {
  test('is told newest first, each with who did it and for whom', async () => {
    at('2026-11-20T07:59:59Z')
    await act(people.adam, 'account.edit', { after: { id: 'ph46170x1', name: 'Anna' } })
    at('2026-11-20T08:00:00Z')
    await act(people.admin, 'account.block', { customer: abc, onBehalfOf: 'ABC' })
    await it.as(people.adam, (ctx) =>
      audit.denied(ctx, { action: 'numbers.provide', entity: 'account', entityId: '1' }),
    )
    const { rows } = await read()
    expect(
      rows.map(({ actor, onBehalfOf, action, outcome }) => [actor, onBehalfOf, action, outcome]),
    ).toEqual([
      ['Adam Abbott', null, 'numbers.provide', 'denied'],
      ['Pat Panda', 'ABC', 'account.block', 'done'],
      ['Adam Abbott', null, 'account.edit', 'done'],
    ])
  })

  test('is filtered by kind, person, outcome and part of a name', async () => {
    expect(await actions({ kind: 'lines' })).toEqual(['account.block', 'account.edit'])
    expect(await actions({ kind: 'numbers' })).toEqual(['numbers.provide'])
    expect(await actions({ who: 2 })).toEqual(['numbers.provide', 'account.edit'])
    expect(await actions({ who: 'provider' })).toEqual(['account.block'])
    expect(await actions({ who: 'system' })).toEqual([])
    expect(await actions({ outcome: 'denied' })).toEqual(['numbers.provide'])
    expect(await actions({ search: 'ann' })).toEqual(['account.edit'])
    expect(await actions({ search: '%' })).toEqual([])
  })

  test('the days are those of the customer’s calendar, both included', async () => {
    const { timeZone } = await read()
    expect(timeZone).toBe('America/Los_Angeles')
    // 07:59:59Z is the last second of the 19th there.
    expect(await actions({ from: '2026-11-20' })).toEqual(['numbers.provide', 'account.block'])
    expect(await actions({ to: '2026-11-19' })).toEqual(['account.edit'])
    expect(await actions({ from: '2026-11-19', to: '2026-11-20' })).toHaveLength(3)
  })

  test('nobody reads another customer’s', async () => {
    expect(await actions({}, people.ten)).toEqual([])
    const asked = { ...zActivityQuery.parse({}), customer: abc }
    const bamboo = it.as(people.bamboo, (ctx) => activity.ofCustomer(ctx, asked))
    expect((await refused(bamboo)).code).toBe('customers.not_found')
    const panda = await it.as(people.admin, (ctx) =>
      activity.ofCustomer(ctx, { ...asked, about: thing }),
    )
    expect(panda.rows).toHaveLength(3)
  })
})

test('pages are whole: every row once, in order, though many are of one moment', async () => {
  at('2026-11-21T12:00:00Z')
  for (let i = 0; i < 120; i++) await act(people.meter, `thing.${i}`, { entityId: '7' })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof read>> = await read(
      { cursor, about: { entity: 'account', entityId: '7' } },
      people.meter,
    )
    seen.push(...page.rows.map((row) => row.action))
    cursor = page.next
  } while (cursor)
  expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => `thing.${119 - i}`))
})

test('a page is read off the index, however much there is', async () => {
  const plan = await it.as(people.meter, async (ctx) => {
    await ctx.db.execute('set local enable_seqscan = off')
    return ctx.db.execute(
      `explain select * from activity where i_env = 1 and i_customer = 46172
         and (at, id) < (now(), 5) order by at desc, id desc limit 51`,
    )
  })
  const text = JSON.stringify(plan.rows)
  expect(text).toContain('audit_rows_activity')
  expect(text).not.toContain('Sort')
})

test('the file has what the filter lets through, and no formula', async () => {
  await act(people.five, 'account.edit', {
    before: { id: 'x', name: 'Bob' },
    after: { id: 'x', name: '=HYPERLINK("http://evil")' },
  })
  await act(people.five, 'hunt_group.add')
  const pieces: string[] = []
  const query = zActivityQuery.parse({ about: thing, kind: 'lines' })
  const edge = it.edge(people.five)
  const customer = await activity.whoseFile(edge, undefined)
  for await (const piece of activity.exported(edge, customer, query, 'en')) pieces.push(piece)
  const lines = pieces.join('').trimEnd().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^\uFEFFTime,Who,/)
  expect(lines[1]).toMatch(/^2026-11-21T07:00:00-05:00,Fiona Five,customer,,account\.edit,x,/)
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil"")"`)
})

test('a sign-in is the person’s whose it is, though the system wrote it', async () => {
  await it.sql(
    `insert into audit_rows (i_env, at, realm, actor, i_customer, action, entity, entity_id, outcome, ip, request_id)
     values (1, now(), 'system', 'sign-in', 46170, 'auth.sign_in', 'user', '2', 'done', '10.0.0.1', 'r')`,
  )
  const { rows } = await read({ who: 2, kind: 'access', about: null })
  expect(rows).toMatchObject([{ actor: 'Adam Abbott', action: 'auth.sign_in' }])
  expect((await read({ who: 'system', kind: 'access', about: null })).rows).toEqual([])
})

test('an administrator has the file, and the people, of customers they look after', async () => {
  const whose = (who: Actor, customer?: number) => activity.whoseFile(it.edge(who), customer)
  expect(await whose(people.admin, 46170)).toBe(46170)
  expect(await whose(people.bamboo, 46174)).toBe(46174)
  expect((await refused(whose(people.bamboo, 46170))).code).toBe('customers.not_found')
  expect((await refused(whose(people.adam, 46171))).code).toBe('auth.not_allowed')
  expect((await refused(whose(people.admin))).code).toBe('auth.not_allowed')

  const peopleOf = (who: Actor, customer: number) =>
    it.as(who, (ctx) => activity.people(ctx, { customer }))
  expect(await peopleOf(people.admin, 46170)).toEqual([{ user: 2, name: 'Adam Abbott' }])
  expect((await refused(peopleOf(people.bamboo, 46170))).code).toBe('customers.not_found')
})
