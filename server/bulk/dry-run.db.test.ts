import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BatchView, Column, Fault } from '#server/bulk/schema.ts'
import * as files from '#server/bulk/service.files.ts'
import * as bulk from '#server/bulk/service.ts'
import * as list from '#server/pbx/service.list.ts'
import type { Actor } from '#server/runtime/actor.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase()
const heading =
  'Extension number,Name,DID numbers,Published,Email for notifications,Timezone,Product,Huntgroup\n'

async function upload(file: string | Buffer, as: Actor = people.adam) {
  const table = await bulk.read(Buffer.from(file))
  const { id } = await it.as(as, (ctx) => bulk.keep(ctx, { fileName: 'people.csv', table }))
  const found = await it.as(as, (ctx) => bulk.rows(ctx, { id, only: 'all', cursor: 0 }))
  return { id, batch: await it.as(as, (ctx) => bulk.batch(ctx, { id })), rows: found.rows }
}

test('Adam’s twelve, as LibreOffice wrote them: all good, $120.00 a month', async () => {
  const before = await it.sql('select count(*) from accounts')
  const { batch, rows } = await upload(readFileSync('e2e/files/new-hires.xlsx'))
  expect(batch).toMatchObject({
    state: 'checked',
    total: 12,
    report: {
      counts: { good: 12, unchanged: 0, over: 0, faulty: 0 },
      headroom: [{ name: 'Cloud PBX', used: 1, quantity: null, asked: 12, over: 0 }],
      price: {
        currency: 'USD',
        now: '0.00000',
        monthly: '120.00000',
        activation: '0.00000',
        // $3.33333 for each until December 1, and December’s $10.
        nextInvoice: '159.99996',
        invoiceOn: '2026-12-01',
      },
    },
  })
  expect(rows.flatMap(({ faults }) => faults)).toEqual([])
  expect(await it.sql('select count(*) from accounts')).toEqual(before)
})

describe('every fault is found, by row and column, with what to do', () => {
  const faultOf = async (cells: Partial<Record<Column, string>>): Promise<Fault[]> => {
    const row = {
      extension: '4801',
      name: '',
      numbers: '',
      published: '',
      email: '',
      timezone: '',
      product: 'Cloud PBX',
      huntgroup: '',
      ...cells,
    }
    const line = Object.values(row).map((cell) => `"${cell.replaceAll('"', '""')}"`)
    return (await upload(`${heading}${line.join(',')}\n`)).rows[0]!.faults as Fault[]
  }

  test.each<[string, Column, string, Fault['code'], object?]>([
    ['no extension', 'extension', '', 'required'],
    ['letters', 'extension', '48a1', 'digits_only'],
    ['one digit', 'extension', '4', 'extension_length'],
    ['a shortened number', 'extension', '4.8E+3', 'scientific'],
    ['a number with decimals', 'extension', '4801.0', 'decimal'],
    ['a date', 'extension', '5-Jan', 'date'],
    ['a broken formula', 'extension', '#REF!', 'spreadsheet_error'],
    [
      'one that is there',
      'extension',
      '4665',
      'extension_differs',
      { columns: 'name,numbers,published,email' },
    ],
    ['a long name', 'name', 'x'.repeat(101), 'too_long', { maximum: 100 }],
    ['letters that were lost', 'name', 'Ren\uFFFDe', 'unreadable'],
    ['garbled letters', 'name', 'RenÃ©e', 'garbled'],
    ['swallowed rows', 'name', 'Bob\n102,a,b,c\n', 'swallowed_rows'],
    ['a shortened phone number', 'numbers', '1.2E+10', 'scientific', { number: '1.2E+10' }],
    ['no phone number', 'numbers', 'ask Bob', 'not_a_number', { number: 'ask Bob' }],
    ['another’s number', 'numbers', '+1 604 555 4000', 'number_not_provided'],
    ['a number in use', 'numbers', '12094555949', 'number_in_use', { on: '4665' }],
    ['neither yes nor no', 'published', 'maybe', 'yes_or_no'],
    ['no address', 'email', 'bob at abc', 'email'],
    ['no zone', 'timezone', 'Mars/Olympus', 'zone_unknown'],
    ['no product', 'product', '', 'required'],
    ['no such product', 'product', 'EasyCall', 'product_unknown', { products: 'Cloud PBX' }],
    ['a product of menus', 'product', 'Auto attendant', 'product_wrong_kind'],
    ['no such group', 'huntgroup', 'Sails', 'group_unknown', { names: 'Sales, Support' }],
  ])('%s', async (_what, column, value, code, details) => {
    const found = await faultOf({ [column]: value })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ column, code, ...(details && { details }) })
  })

  test('of two rows: the same extension, the same number', async () => {
    const { rows, batch } = await upload(
      `${heading}4801,,12094555960,,,,Cloud PBX,\n4801,,"(209) 455-5960",,,,Cloud PBX,\n`,
    )
    expect(rows.map(({ faults }) => faults)).toEqual([
      [],
      [
        { column: 'extension', code: 'duplicate', details: { row: 2 } },
        {
          column: 'numbers',
          code: 'number_duplicate',
          details: { row: 2, number: '(209) 455-5960' },
        },
      ],
    ])
    expect(batch.report.counts).toMatchObject({ good: 1, faulty: 1 })
  })

  test('a zero that may be lost is asked about, and can be meant so', async () => {
    const { rows } = await upload(`Extension,Product\n0501,Cloud PBX\n502,Cloud PBX\n`)
    expect(rows[1]).toMatchObject({
      state: 'good',
      faults: [{ column: 'extension', code: 'zero_lost', details: { likely: '0502' } }],
    })
  })

  test('more cells than headings', async () => {
    const { rows } = await upload('Extension,Product\n4801,Cloud PBX,Smith\n')
    expect(rows[0]).toMatchObject({
      state: 'faulty',
      faults: [{ column: null, code: 'too_many_cells', details: { extra: 'Smith' } }],
    })
  })
})

/** The order in which products stand is theirs that come first. */
const plain = ({ report, ...batch }: BatchView) => ({
  ...batch,
  report: {
    ...report,
    headroom: [...report.headroom].sort((a, b) => a.product - b.product),
  },
})

describe('mending', () => {
  test('a cell has all rows judged again', async () => {
    const { id, rows } = await upload(`${heading}4801,,,,,,Cloud PBX,\n4801,,,,,,Cloud PBX,\n`)
    expect(rows[1]!.state).toBe('faulty')
    const mended = await it.as(people.adam, (ctx) =>
      bulk.mend(ctx, { id, rows: [{ n: 2, cells: { extension: '4802' } }] }),
    )
    expect(mended.report.counts).toMatchObject({ good: 2, faulty: 0 })
    const after = await it.as(people.adam, (ctx) => bulk.rows(ctx, { id, only: 'all' }))
    expect(after.rows.map((row) => [row.cells.extension, row.state, row.faults])).toEqual([
      ['4802', 'good', []],
      ['4801', 'good', []],
    ])
  })

  test('whatever is mended, it is as if all rows had been judged again', async () => {
    await it.sql(
      `insert into agreement_items (i_env, i_customer, i_product, quantity, used)
       select 1, 46170, id, 2, 0 from products where name = 'Cloud PBX up to 10 phone lines'`,
    )
    const values = {
      extension: ['4801', '4802', '4803', '4804', '4805', '4665', '0801', '48', ''],
      product: ['Cloud PBX', 'cloud pbx', 'Cloud PBX up to 10 phone lines', 'EasyCall', ''],
      numbers: ['', '', '12094555960', '(209) 455-5960', '12094555949', '1.2E+10', 'ask Bob'],
      email: ['', 'ann@abc.example', 'ann at abc'],
    }
    const one = <T>(from: readonly T[]) => fc.constantFrom(...from)
    const extension = one(values.extension)
    const product = one(values.product)
    const numbers = one(values.numbers)
    const row = fc.record({ extension, product, numbers, email: one(values.email) })
    const cells = fc.oneof(
      fc.record({ extension }),
      fc.record({ product }),
      fc.record({ numbers }),
      fc.record({ email: one(values.email) }),
      row,
    )
    const mend = fc.record({ at: fc.nat(), cells })
    const story = fc.tuple(
      fc.array(row, { minLength: 2, maxLength: 7 }),
      fc.array(mend, { minLength: 1, maxLength: 6 }),
    )
    for (const [rows, mends] of fc.sample(story, { numRuns: 40, seed: 7 })) {
      const text = rows.map(
        ({ extension: e, product: p, numbers: n, email }) => `${e},,"${n}",,${email},,${p},\n`,
      )
      const { id } = await upload(`${heading}${text.join('')}`)
      for (const { at, cells: change } of mends) {
        const input = { id, rows: [{ n: 2 + (at % rows.length), cells: change }] }
        const mended = await it.as(people.adam, (ctx) => bulk.mend(ctx, input))
        const shown = await it.as(people.adam, (ctx) => bulk.rows(ctx, { id, only: 'all' }))
        const checked = await it.as(people.adam, (ctx) => bulk.check(ctx, { id }))
        expect(plain(mended)).toEqual(plain(checked))
        expect(await it.as(people.adam, (ctx) => bulk.rows(ctx, { id, only: 'all' }))).toEqual(
          shown,
        )
      }
    }
  }, 60_000)

  test('a row beyond the agreement has its place once another is mended to something else', async () => {
    const limited = 'Cloud PBX up to 10 phone lines'
    const rows = [4821, 4822, 4823].map((extension) => `${extension},,,,,,${limited},\n`)
    const { id, batch } = await upload(`${heading}${rows.join('')}`)
    expect(batch.report.counts).toMatchObject({ good: 2, over: 1 })
    const other = { id, rows: [{ n: 2, cells: { product: 'Cloud PBX' } }] }
    const mended = await it.as(people.adam, (ctx) => bulk.mend(ctx, other))
    expect(mended.report.counts).toMatchObject({ good: 3, over: 0 })
  })

  test('of many rows the one that was mended is looked at, and no other', async () => {
    const many = Array.from({ length: 1_200 }, (_, i) => `${20_000 + i},,,,,,Cloud PBX,\n`)
    const { id } = await upload(`${heading}${many.join('')}`)
    const asked: string[] = []
    const answer = await it.as(people.adam, (ctx) => {
      const { query } = ctx.db.$client
      const $client = Object.assign(Object.create(ctx.db.$client), {
        query: (...args: [{ text: string; values?: unknown[] }]) => {
          asked.push(JSON.stringify(args[0].values ?? []))
          return Reflect.apply(query, ctx.db.$client, args)
        },
      })
      const db = Object.assign(Object.create(ctx.db), { $client })
      const rows = [{ n: 900, cells: { name: 'Ann', product: 'EasyCall' } }]
      return bulk.mend({ ...ctx, db }, { id, rows })
    })
    expect(answer.report.counts).toEqual({ good: 1_199, unchanged: 0, over: 0, faulty: 1 })
    expect(answer.report.price.monthly).toBe('11990.00000')
    expect(asked.filter((values) => values.includes('20898')).length).toBeGreaterThan(0)
    expect(asked.filter((values) => values.includes('20899'))).toEqual([])
  })

  test('a row can be left out, and a row that isn’t there can’t be mended', async () => {
    const { id } = await upload(`${heading}4801,,,,,,Cloud PBX,\nx,,,,,,Cloud PBX,\n`)
    const left = await it.as(people.adam, (ctx) => bulk.drop(ctx, { id, rows: [3] }))
    expect(left).toMatchObject({ total: 1, report: { counts: { good: 1, faulty: 0 } } })
    const again = it.as(people.adam, (ctx) =>
      bulk.mend(ctx, { id, rows: [{ n: 3, cells: { name: 'x' } }] }),
    )
    expect(await refused(again)).toMatchObject({ code: 'bulk.row_not_found', details: { row: 3 } })
  })

  test('somebody else’s upload is not there', async () => {
    const { id } = await upload(`${heading}4801,,,,,,Cloud PBX,\n`)
    for (const verb of [bulk.batch, bulk.check, bulk.undo]) {
      expect(await refused(it.as(people.ten, (ctx) => verb(ctx, { id })))).toMatchObject({
        kind: 'not_found',
        code: 'bulk.not_found',
      })
    }
  })
})

async function textOf(pieces: AsyncGenerator<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

test('an export uploaded again changes nothing', async () => {
  await it.sql(
    `insert into hunt_group_members
     select g.i_env, g.id, e.i_account, g.i_customer, 1 from hunt_groups g
       join extensions e on e.i_customer = g.i_customer and e.extension = '4665'
      where g.name in ('Sales', 'Support')`,
  )
  const text = await textOf(files.exported(it.edge(people.adam)))
  expect(text).toContain('4665,John Doe,12094555949,Y,')
  const { batch, id } = await upload(text)
  expect(batch.report.counts).toEqual({ good: 0, unchanged: 1, over: 0, faulty: 0 })
  const applied = it.as(people.adam, (ctx) => bulk.apply(ctx, { id, mode: 'all' }))
  expect((await refused(applied)).code).toBe('bulk.nothing_to_do')

  // So does what was selected in the list, which has more columns.
  const [{ id: account }] = (await it.sql<{ id: number }>(
    "select id from accounts where account_id = 'ph46170x4665'",
  )) as [{ id: number }]
  const selected = await it.as(people.adam, (ctx) => list.exported(ctx, { accounts: [account] }))
  expect(selected).toContain('Cloud PBX,"Sales, Support",')
  const again = await upload(selected)
  expect(again.batch.report.counts).toEqual({ good: 0, unchanged: 1, over: 0, faulty: 0 })
})

test('the template can be uploaded as it is', async () => {
  const { batch } = await upload(await it.as(people.adam, files.template))
  expect(batch.report.counts).toEqual({ good: 1, unchanged: 0, over: 0, faulty: 0 })
})

test('the error file says what to do in the reader’s language, runs no formula, and uploads as it is', async () => {
  const { id } = await upload(
    `${heading}4801,fine,,,,,Cloud PBX,\n4802,=cmd|'/c calc'!A1,,maybe,,,Cloud PBX,\n`,
  )
  const text = await textOf(files.faulty(it.edge(people.adam), { id }, 'es'))
  expect(text).toContain('Qué hacer')
  expect(text).toContain(
    "4802,'=cmd|'/c calc'!A1,,maybe,,,Cloud PBX,,Publicada: Aquí se espera Y o N.",
  )
  expect(text).not.toContain('fine')
  const { rows } = await upload(text)
  expect(rows).toHaveLength(1)
  expect(rows[0]!.cells).toMatchObject({ name: "=cmd|'/c calc'!A1", published: 'maybe' })
})

test('a plan paid by the quarter says what that comes to a month, and that it is', async () => {
  const file = `${heading}4801,fine,,,,,Cloud PBX,\n`
  expect((await upload(file)).batch.report.price.average).toBe(false)
  await it.sql(
    `update subscriptions set period_count = 3 where id in
       (select s.i_subscription from product_subscriptions s
          join products p on p.i_env = s.i_env and p.id = s.i_product where p.name = 'Cloud PBX')`,
  )
  const { price } = (await upload(file)).batch.report
  expect(price).toMatchObject({ monthly: '3.33333', average: true })
})
