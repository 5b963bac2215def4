import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import { mostNumbers } from '#server/accounts/schema.numbers.ts'
import * as blocks from '#server/accounts/service.blocks.ts'
import * as moves from '#server/accounts/service.numbers.ts'
import type { AccountId } from '#server/kernel/ids.ts'
import * as lines from '#server/pbx/service.lines.ts'
import * as pbx from '#server/pbx/service.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 24 })
const clients = 48
const rounds = 30
/** Of the pool, and of nobody. */
const [one, two, three] = ['12094555950', '12094555951', '12094555952'] as const
let line: AccountId[]
let menu: AccountId

const move = (numbers: readonly string[], to: number | null, who: Actor = people.adam) =>
  it.as(who, (ctx) => moves.moveNumbers(ctx, { numbers: [...numbers], to }))
const reach = async (number: string) =>
  (
    await it.sql<{ account_id: string | null }>(
      `select a.account_id from numbers n
         left join account_aliases l on l.i_env = n.i_env and l.alias = n.number
         left join accounts a on a.i_env = l.i_env and a.id = l.i_account and a.id = n.i_account
        where n.number = $1`,
      [number],
    )
  )[0]!.account_id
const last = (table: 'events' | 'audit_rows', n: number) =>
  it.sql<Record<string, unknown>>(
    `select * from (select * from ${table} order by id desc limit $1) r order by id`,
    [n],
  )

beforeAll(async () => {
  const product = await productId(it, 'Cloud PBX')
  line = []
  for (let n = 0; n < 8; n++) {
    const added = await it.as(people.adam, (ctx) =>
      pbx.addExtension(ctx, {
        extension: `70${n}`,
        name: '',
        product,
        numbers: [],
        published: false,
        key: randomUUID(),
      }),
    )
    line.push(added.account as AccountId)
  }
  const [row] = await it.sql<{ id: AccountId }>(
    "select id from accounts where account_id = 'ph46170aa1'",
  )
  menu = row!.id
})
beforeEach(() => move([one, two, three], null))

describe('a number', () => {
  test('goes from my free ones to an extension, on to an auto attendant, and back', async () => {
    await move([one], line[0]!)
    expect(await reach(one)).toBe('ph46170x700')
    await move([one], menu)
    expect(await reach(one)).toBe('ph46170aa1')
    await move([one], null)
    expect(await reach(one)).toBeNull()
  })

  test('that moves is told of by both accounts, once each', async () => {
    await move([one], line[0]!)
    await move([one], menu)
    expect(await last('events', 4)).toMatchObject([
      { type: 'number.unassigned', entity_id: one },
      { type: 'number.assigned', entity_id: one },
      { type: 'account.alias_removed', payload: { id: 'ph46170x700', alias: one } },
      { type: 'account.alias_added', payload: { id: 'ph46170aa1', alias: one } },
    ])
    const told = await last('audit_rows', 2)
    expect(told.map((row) => row.action)).toEqual(['account.move_numbers', 'account.move_numbers'])
    expect(told).toContainEqual(
      expect.objectContaining({
        before: { id: 'ph46170x700', numbers: [one] },
        after: { id: 'ph46170x700', numbers: [] },
      }),
    )
    const events = await last('events', 1)
    await move([one], menu)
    expect(await last('events', 1)).toEqual(events)
  })

  test('moves with others all or none', async () => {
    await move([one, two], line[0]!)
    const attempt = move([one, two, three, '12065550001'], line[1]!)
    expect(await refused(attempt)).toMatchObject({
      code: 'numbers.not_available',
      details: { numbers: ['12065550001'] },
    })
    await move([one, two, three], line[1]!)
    expect(await Promise.all([one, two, three].map(reach))).toEqual(Array(3).fill('ph46170x701'))
  })

  test('of another customer, or to one of another’s, is not there', async () => {
    expect(await refused(move([one], null, people.ten))).toMatchObject({
      code: 'numbers.not_available',
    })
    const [theirs] = await it.sql<{ id: number }>(
      "select id from accounts where account_id = 'ph46171x101'",
    )
    expect(await refused(move([one], theirs!.id))).toMatchObject({ code: 'accounts.not_found' })
  })

  test('of a line that the provider has blocked stays there', async () => {
    await move([one], line[7]!)
    const of = { customer: 46170, accounts: [line[7]!], key: randomUUID() }
    await it.as(people.admin, (ctx) => blocks.blockFor(ctx, { ...of, reason: '' }))
    for (const attempt of [() => move([one], null), () => move([two], line[7]!)]) {
      expect(await refused(attempt())).toMatchObject({ code: 'accounts.blocked_by_admin' })
    }
    await it.as(people.admin, (ctx) => blocks.unblockFor(ctx, { ...of, key: randomUUID() }))
  })

  test('that a line is called by can’t leave it', async () => {
    await it.sql("update accounts set account_id = $1 where account_id = 'ph46170x706'", [one])
    await move([one], line[6]!)
    expect(await refused(move([one], null))).toMatchObject({
      code: 'accounts.called_by_number',
      details: { number: one },
    })
    await it.sql("update accounts set account_id = 'ph46170x706' where account_id = $1", [one])
  })

  test(`is refused to an account that has ${mostNumbers}`, async () => {
    const own = await it.sql<{ number: string }>(
      'select number from numbers where i_customer = 46170 and i_account is null order by 1 limit $1',
      [mostNumbers],
    )
    const all = own.map((row) => row.number)
    await move(all, line[0]!)
    const [extra] = await it.sql<{ number: string }>(
      'select number from numbers where i_customer = 46170 and i_account is null limit 1',
    )
    expect(await refused(move([extra!.number], line[0]!))).toMatchObject({
      code: 'accounts.too_many_numbers',
      details: { accountId: 'ph46170x700', limit: mostNumbers },
    })
    await move(all, null)
  })
})

test(`${rounds} rounds of ${clients} who move one number to different accounts: it is on one at most`, async () => {
  let moved = 0
  for (let round = 0; round < rounds; round++) {
    const { done, refusals } = await outcomes(
      Array.from({ length: clients }, (_, n) =>
        n === 40
          ? it.as(people.adam, (ctx) =>
              lines.editExtension(ctx, { account: line[n % 7]!, numbers: round % 2 ? [one] : [] }),
            )
          : move(n % 5 === 4 ? [one, two] : [one], n % 8 === 7 ? null : line[(n + round) % 7]!),
      ),
    )
    moved += done
    for (const { code } of refusals) {
      expect(['numbers.moved', 'numbers.not_available']).toContain(code)
    }
    const [on] = await it.sql<{ n: number; same: boolean }>(
      `select count(*)::int as n, coalesce(bool_and(l.i_account = n.i_account), n.i_account is null) as same
         from numbers n left join account_aliases l on l.i_env = n.i_env and l.alias = n.number
        where n.number = $1 group by n.i_account`,
      [one],
    )
    expect(on).toEqual({ n: 1, same: true })
  }
  expect(moved).toBeGreaterThanOrEqual(rounds)
  expect(await verify((text) => it.sql(text))).toEqual([])
}, 120_000)
