import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CustomerId, ProductId } from '#server/kernel/ids.ts'
import { attendantAccountId, extensionAccountId } from '#server/pbx/naming.ts'
import type { AddExtension } from '#server/pbx/schema.ts'
import * as menus from '#server/pbx/service.menus.ts'
import * as pbx from '#server/pbx/service.ts'
import { suggestExtension } from '#server/pbx/suggest.ts'
import { system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { outcomes, refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })
let line: ProductId
let menu: ProductId

beforeAll(async () => {
  line = await productId(it, 'Cloud PBX')
  menu = await productId(it, 'Auto attendant')
})

const addMenu = (name = 'Menu', numbers: string[] = []) =>
  it.as(people.adam, (ctx) =>
    pbx.addAttendant(ctx, { name, product: menu, numbers, key: randomUUID() }),
  )
const addLine = (extension: string, more: Partial<AddExtension> = {}) =>
  it.as(people.adam, (ctx) =>
    pbx.addExtension(ctx, {
      extension,
      name: 'Somebody',
      product: line,
      numbers: [],
      published: false,
      key: randomUUID(),
      ...more,
    }),
  )
async function terminate(accountId: string) {
  await it.sql(
    "update accounts set status = 'terminated', terminated_at = now() where account_id = $1",
    [accountId],
  )
  await it.sql(
    'update extensions set live = false where i_account = (select max(id) from accounts where account_id = $1)',
    [accountId],
  )
}

describe('auto attendants', () => {
  test('ABC has ph46170aa1; the next is ph46170aa2', async () => {
    expect((await addMenu()).accountId).toBe('ph46170aa2')
  })

  test('a number once given is not given again, not even when its account is gone', async () => {
    await terminate('ph46170aa2')
    expect((await addMenu()).accountId).toBe('ph46170aa3')
  })

  test('ten made at once have ten numbers, one after the other', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => addMenu()))
    expect(
      made.map((one) => Number(one.accountId.slice('ph46170aa'.length))).sort((a, b) => a - b),
    ).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
  })

  test('the living menus of a customer are listed by their numbers, the oldest first', async () => {
    const rows = await it.as(people.adam, (ctx) => menus.attendants(ctx))
    expect(rows.slice(0, 4).map((row) => row.accountId)).toEqual([
      'ph46170aa1',
      'ph46170aa3',
      'ph46170aa4',
      'ph46170aa5',
    ])
  })
})

describe('extensions', () => {
  test('4665 is ph46170x4665, and another one is refused by its short number', async () => {
    const refusal = await refused(addLine('4665'))
    expect(refusal).toMatchObject({
      kind: 'conflict',
      code: 'pbx.extension_taken',
      details: { extension: '4665' },
    })
  })

  test('0101 is not 101', async () => {
    expect((await addLine('101')).accountId).toBe('ph46170x101')
    expect((await addLine('0101')).accountId).toBe('ph46170x0101')
  })

  test('of ten who add the same one at once one has it', async () => {
    const { done, refusals } = await outcomes(Array.from({ length: 10 }, () => addLine('500')))
    expect(done).toBe(1)
    expect(new Set(refusals.map((refusal) => refusal.code))).toEqual(
      new Set(['pbx.extension_taken']),
    )
    expect(await it.sql("select 1 from accounts where account_id = 'ph46170x500'")).toHaveLength(1)
  })

  test('one whose account is gone can be given again', async () => {
    await addLine('600')
    await terminate('ph46170x600')
    expect((await addLine('600')).accountId).toBe('ph46170x600')
    expect(await it.sql("select 1 from accounts where account_id = 'ph46170x600'")).toHaveLength(2)
  })

  test('pressing the button twice adds one', async () => {
    const key = randomUUID()
    const answers = await Promise.all([addLine('700', { key }), addLine('700', { key })])
    expect(answers[1]).toEqual(answers[0])
    expect(await it.sql("select 1 from extensions where extension = '700'")).toHaveLength(1)
  })

  test('another customer’s short numbers are its own', async () => {
    const product = await productId(it, 'Cloud PBX up to 10 phone lines')
    const made = await it.as(people.ten, (ctx) =>
      pbx.openExtension(ctx, {
        customer: 46171 as CustomerId,
        extension: '4665',
        name: '',
        product,
        numbers: [],
      }),
    )
    expect(made.accountId).toBe('ph46171x4665')
  })
})

describe('DID numbers', () => {
  test('one of the customer’s own becomes an alias of the account, and is free no more', async () => {
    const { account } = await addLine('800', { numbers: ['12094555960', '12094555961'] })
    expect(
      await it.sql('select alias from account_aliases where i_account = $1 order by 1', [account]),
    ).toEqual([{ alias: '12094555960' }, { alias: '12094555961' }])
    const options = await it.as(people.adam, (ctx) => pbx.extensionOptions(ctx))
    expect(options.freeNumbers.map((row) => row.number)).not.toContain('12094555960')
    expect(options.freeNumbers.map((row) => row.number)).toContain('12094555962')
  })

  test.each([
    ['on another account', '12094555949'],
    ['another customer’s', '12065557105'],
    ['nobody’s', '16045554000'],
    ['not in the inventory', '15005550006'],
  ])('one that is %s is refused, and nothing is made', async (_what, number) => {
    const refusal = await refused(addLine('801', { numbers: ['12094555963', number] }))
    expect(refusal).toMatchObject({ code: 'numbers.not_available', details: { numbers: [number] } })
    expect(await it.sql("select 1 from accounts where account_id = 'ph46170x801'")).toEqual([])
    expect(await it.sql("select i_account from numbers where number = '12094555963'")).toEqual([
      { i_account: null },
    ])
  })

  test('one that is given twice in a request is told of as that, and nothing is made', async () => {
    const free = ['12094555963', '12094555964', '12094555963', '12094555963']
    const refusal = await refused(addLine('803', { numbers: free }))
    expect(refusal).toMatchObject({
      kind: 'invalid',
      code: 'numbers.given_twice',
      details: { numbers: ['12094555963'] },
    })
    expect(await it.sql("select 1 from accounts where account_id = 'ph46170x803'")).toEqual([])
    await addLine('803', { numbers: ['12094555963', '12094555964'] })
  })

  test('another customer’s is refused to the provider too, whom no wall keeps from seeing it', async () => {
    const refusal = await refused(
      it.as(system('test'), (ctx) =>
        pbx.openExtension(ctx, {
          customer: 46170 as CustomerId,
          extension: '802',
          name: '',
          product: line,
          numbers: ['12065557105'],
        }),
      ),
    )
    expect(refusal).toMatchObject({ code: 'numbers.not_available' })
  })

  test('of ten who want the same one at once one has it', async () => {
    const { done, refusals } = await outcomes(
      Array.from({ length: 10 }, (_, i) => addLine(String(810 + i), { numbers: ['12094555970'] })),
    )
    expect(done).toBe(1)
    expect(new Set(refusals.map((refusal) => refusal.code))).toEqual(
      new Set(['numbers.not_available']),
    )
    expect(await it.sql("select 1 from account_aliases where alias = '12094555970'")).toHaveLength(
      1,
    )
  })
})

describe('names', () => {
  const customer = fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((n) => n as CustomerId)

  test('no two extensions or menus of any customers are called the same', () => {
    const extension = fc.stringMatching(/^[0-9]{2,6}$/)
    const anything = fc.oneof(
      fc.tuple(fc.constant('x'), customer, extension),
      fc.tuple(fc.constant('aa'), customer, fc.integer({ min: 1, max: 9_999 })),
    )
    const called = ([kind, of, what]: [string, CustomerId, string | number]) =>
      kind === 'x' ? extensionAccountId(of, String(what)) : attendantAccountId(of, Number(what))
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b))
        expect(called(a)).not.toBe(called(b))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the short number suggested', () => {
  test.each([
    [[], '101'],
    [['101', '102'], '103'],
    [['4665'], '4666'],
    [['101', '4665', '4666'], '4667'],
    [['0101'], '0102'],
    [['98', '99'], '10'],
    [['1234', '9999'], '1000'],
  ])('after %j it is %s', (taken, next) => {
    expect(suggestExtension(taken)).toBe(next)
  })

  test('is never one that is taken, and can be typed, while there is one left', () => {
    const some = fc.uniqueArray(fc.stringMatching(/^[0-9]{2,3}$/), { maxLength: 95 })
    fc.assert(
      fc.property(some, (taken) => {
        const next = suggestExtension(taken)
        expect(taken).not.toContain(next)
        expect(next).toMatch(/^[0-9]{2,6}$/)
      }),
    )
  })
})
