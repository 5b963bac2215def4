import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { verify } from '#db/verify.ts'
import type { ApplyMode } from '#server/bulk/schema.ts'
import * as orders from '#server/bulk/service.orders.ts'
import * as bulk from '#server/bulk/service.ts'
import { work, workDue } from '#server/bulk/service.work.ts'
import type { AccountId, ProductId } from '#server/kernel/ids.ts'
import { editExtension, removeExtensions } from '#server/pbx/service.lines.ts'
import * as pbx from '#server/pbx/service.ts'
import { type Actor, system } from '#server/runtime/actor.ts'
import { productId } from '#server/testing/catalog.ts'
import { people, testDatabase } from '#server/testing/database.ts'
import { refused } from '#server/testing/refused.ts'

const it = testDatabase({ max: 12 })

const listOf = (product: string, extensions: readonly (string | number)[]) =>
  `Extension,Product\n${extensions.map((extension) => `${extension},${product}\n`).join('')}`
const range = (from: number, n: number) => Array.from({ length: n }, (_, i) => from + i)

async function upload(file: string | Buffer, as: Actor = people.adam): Promise<string> {
  const table = await bulk.read(Buffer.from(file))
  return (await it.as(as, (ctx) => bulk.keep(ctx, { fileName: 'people.csv', table }))).id
}
const ask = (id: string, mode: ApplyMode, as: Actor = people.adam) =>
  it.as(as, (ctx) => bulk.apply(ctx, { id, mode }))
const due = () => workDue(it.edge(system('bulk')))
const stateOf = (id: string, as: Actor = people.adam) => it.as(as, (ctx) => bulk.batch(ctx, { id }))
const linesOf = async (customer: number) =>
  (
    await it.sql<{ extension: string }>(
      'select extension from extensions where i_customer = $1 and live order by extension',
      [customer],
    )
  ).map(({ extension }) => extension)
const placesOf = (customer: number, product: ProductId) =>
  it.sql('select used, quantity from agreement_items where i_customer = $1 and i_product = $2', [
    customer,
    product,
  ])
const tenLines = 'Cloud PBX up to 10 phone lines'

describe('applied', () => {
  test('Adam’s twelve exist, with numbers, zones and groups, as one by one', async () => {
    const id = await upload(readFileSync('e2e/files/new-hires.csv'))
    expect(await ask(id, 'all')).toMatchObject({ state: 'applying', work: 12, done: 0 })
    await due()
    expect(await stateOf(id)).toMatchObject({ state: 'applied', done: 12, made: 12, failure: null })

    expect(await linesOf(46170)).toEqual(['4665', ...range(4701, 12).map(String)])
    expect(
      await it.sql(
        `select a.name, a.email, a.time_zone, e.published,
                array(select alias from account_aliases l where l.i_account = a.id order by 1) as numbers,
                array(select name::text from hunt_group_members m join hunt_groups g on g.id = m.i_hunt_group
                       where m.i_account = a.id) as groups
           from accounts a join extensions e on e.i_account = a.id where account_id = 'ph46170x4701'`,
      ),
    ).toEqual([
      {
        name: 'Renée O’Connor',
        email: 'renee@abc.example',
        time_zone: 'America/New_York',
        published: true,
        numbers: ['12094555950', '12094555951'],
        groups: ['Sales'],
      },
    ])
    expect(
      await it.sql(
        `select extension from hunt_group_members m join extensions e using (i_account)
           join hunt_groups g on g.id = m.i_hunt_group where g.name = 'Sales' order by position`,
      ),
    ).toEqual(['4701', '4702', '4707', '4712'].map((extension) => ({ extension })))
    expect(
      await it.sql(
        `select distinct actor, request_id from events where type = 'extension.added' and request_id <> 'demo-data'`,
      ),
    ).toEqual([{ actor: 'Adam Abbott', request_id: `bulk:${id}` }])
  })

  test('twice is the same as once, however it is asked', async () => {
    const id = await upload(listOf('Cloud PBX', range(4801, 3)))
    await Promise.all([ask(id, 'all'), ask(id, 'all')])
    const edge = it.edge(system('bulk'))
    await Promise.all([work(edge, id), work(edge, id), due(), due()])
    await ask(id, 'all')
    await due()
    expect(await stateOf(id)).toMatchObject({ state: 'applied', made: 3 })
    expect(
      await it.sql(
        `select count(*)::int as n from accounts where account_id between 'ph46170x4801' and 'ph46170x4803'`,
      ),
    ).toEqual([{ n: 3 }])
    const same = await upload(listOf('Cloud PBX', range(4801, 3)))
    expect(await refused(ask(same, 'all'))).toMatchObject({ code: 'bulk.nothing_to_do' })
  })

  test('all or nothing: with one fault, nothing; the good rows: those', async () => {
    const id = await upload(listOf('Cloud PBX', [4811, 4812, 'x']))
    const refusal = await refused(ask(id, 'all'))
    expect(refusal).toMatchObject({ code: 'bulk.not_all_good', details: { faulty: 1, over: 0 } })
    await ask(id, 'good')
    await due()
    expect(await stateOf(id)).toMatchObject({ state: 'applied', made: 2 })
    const { rows } = await it.as(people.adam, (ctx) => bulk.rows(ctx, { id, only: 'all' }))
    expect(rows.map(({ state }) => state)).toEqual(['made', 'made', 'faulty'])
  })

  test('the good rows are those that were good when it was asked for, whatever is possible since', async () => {
    await addLine('4815')
    const id = await upload(listOf('Cloud PBX', [4814, 4815]))
    expect((await stateOf(id)).report.counts).toMatchObject({ good: 1, faulty: 1 })
    await ask(id, 'good')
    await endLine('4815')
    await due()
    expect(await stateOf(id)).toMatchObject({
      state: 'applied',
      made: 1,
      report: { counts: { good: 1, faulty: 1 } },
    })
    expect(await linesOf(46170)).not.toContain('4815')
  })

  test('what somebody took in the meantime is told, and nothing was made', async () => {
    const id = await upload(listOf('Cloud PBX', [4821, 4822]))
    await ask(id, 'all')
    await addLine('4822')
    await due()
    const after = await stateOf(id)
    expect(after).toMatchObject({
      state: 'checked',
      mode: null,
      made: 0,
      failure: { code: 'bulk.not_all_good', details: { faulty: 1, over: 0 } },
      report: { counts: { good: 1, faulty: 1 } },
    })
    expect(await linesOf(46170)).not.toContain('4821')
    await ask(id, 'good')
    await due()
    expect(await stateOf(id)).toMatchObject({ state: 'applied', made: 1 })
  })

  test('a turn that was overtaken leaves nothing behind', async () => {
    const id = await upload(listOf('Cloud PBX', [4831]))
    await ask(id, 'all')
    // It waits for a place; meanwhile another process has begun.
    const other = new pg.Client({ connectionString: it.adminUrl })
    await other.connect()
    await other.query('begin')
    await other.query('select 1 from agreement_items where i_customer = 46170 for update')
    const turn = due()
    const told = () => it.sql('select 1 from bulk_batches where id = $1 and done = 1', [id])
    while ((await told()).length === 0);
    await it.sql('update bulk_batches set attempt = attempt + 1 where id = $1', [id])
    await other.query('commit')
    await other.end()
    await turn
    expect(await stateOf(id)).toMatchObject({ state: 'applying', made: 0 })
    expect(await linesOf(46170)).not.toContain('4831')
    await due()
    expect(await stateOf(id)).toMatchObject({ state: 'applied', made: 1 })
  })

  test('who would give a batch up, and is overtaken, leaves it to the other', async () => {
    const id = await upload(listOf('Cloud PBX', [4835]))
    await ask(id, 'all')
    await addLine('4835')
    // As where another process has begun just before the reason was written: there is no such turn.
    await it.sql(`
      create function nothing() returns trigger language plpgsql as 'begin return null; end';
      create trigger overtaken before update on bulk_batches for each row
        when (new.failure is not null) execute function nothing()`)
    await due()
    expect(await stateOf(id)).toMatchObject({ state: 'applying', failure: null })
    await it.sql('drop trigger overtaken on bulk_batches; drop function nothing')
    await due()
    expect(await stateOf(id)).toMatchObject({
      state: 'checked',
      failure: { code: 'bulk.not_all_good' },
    })
  })

  test('a batch that fails each time is given up, and says so', async () => {
    const id = await upload(listOf('Cloud PBX', [4841]))
    await ask(id, 'all')
    await it.sql('update bulk_batches set attempt = 8 where id = $1', [id])
    await due()
    expect(await stateOf(id)).toMatchObject({
      state: 'checked',
      failure: { code: 'bulk.keeps_failing' },
    })
  })
})

async function addLine(extension: string, as: Actor = people.adam, name = 'Cloud PBX') {
  const product = await productId(it, name)
  return it.as(as, (ctx) =>
    pbx.addExtension(ctx, {
      extension,
      name: 'Of a form',
      product,
      numbers: [],
      published: false,
      key: randomUUID(),
    }),
  )
}

async function endLine(extension: string) {
  const [row] = await it.sql<{ i_account: number }>(
    'select i_account from extensions where i_customer = 46170 and live and extension = $1',
    [extension],
  )
  const input = { accounts: [row!.i_account], key: randomUUID() }
  return it.as(people.adam, (ctx) => removeExtensions(ctx, input))
}

describe('beyond the agreement', () => {
  test('of ten at once beside ten forms never more than ten places are taken', async () => {
    const product = await productId(it, tenLines)
    const id = await upload(listOf(tenLines, range(501, 10)), people.ten)
    expect((await stateOf(id, people.ten)).report).toMatchObject({
      counts: { good: 7, over: 3 },
      headroom: [{ name: tenLines, used: 3, quantity: 10, asked: 10, over: 3 }],
    })
    await ask(id, 'good', people.ten)
    const forms = range(601, 10).map((extension) =>
      addLine(String(extension), people.ten, tenLines),
    )
    const [, ...added] = await Promise.allSettled([due(), ...forms])
    await due()

    const byForm = added.filter(({ status }) => status === 'fulfilled').length
    const after = await stateOf(id, people.ten)
    expect(after.made + byForm).toBe(7)
    expect(await placesOf(46171, product)).toEqual([{ used: 10, quantity: 10 }])
    if (after.made > 0) expect(after.state).toBe('applied')
  })

  test('an order, approved, raises the quantity by what is missing and makes its rows', async () => {
    const product = await productId(it, 'Cloud PBX up to 5 phone lines')
    const id = await upload(listOf('Cloud PBX up to 5 phone lines', range(701, 6)), people.five)
    const { report } = await stateOf(id, people.five)
    const [room] = report.headroom
    expect(report.counts).toEqual({
      good: 5 - room!.used,
      unchanged: 0,
      over: room!.used + 1,
      faulty: 0,
    })

    const asked = await ask(id, 'order', people.five)
    expect(asked).toMatchObject({ state: 'applying', total: 5 - room!.used })
    const order = asked.order!
    await due()
    expect(await stateOf(id, people.five)).toMatchObject({ state: 'applied', made: 5 - room!.used })
    expect(await stateOf(order, people.five)).toMatchObject({ state: 'waiting', isOrder: true })

    expect(await it.as(people.admin, orders.orders)).toMatchObject([
      {
        id: order,
        customer: { id: 46175, name: 'Five Plus One Ltd' },
        total: room!.used + 1,
        report: { headroom: [{ asked: room!.used + 1, used: 5, quantity: 5 }] },
      },
    ])
    expect(await it.as(people.bamboo, orders.orders)).toEqual([])
    const notMine = it.as(people.bamboo, (ctx) => orders.approveOrder(ctx, { id: order }))
    expect(await refused(notMine)).toMatchObject({ code: 'bulk.not_found' })

    await it.as(people.admin, (ctx) => orders.approveOrder(ctx, { id: order }))
    await it.as(people.admin, (ctx) => orders.approveOrder(ctx, { id: order }))
    await due()
    expect(await stateOf(order, people.five)).toMatchObject({
      state: 'applied',
      made: room!.used + 1,
      decidedBy: 'Pat Panda',
    })
    expect(await placesOf(46175, product)).toEqual([
      { used: room!.used + 6, quantity: room!.used + 6 },
    ])
    expect(
      await it.sql(
        `select actor, before, after from audit_rows where action = 'agreement.set_item'`,
      ),
    ).toMatchObject([
      { actor: 'Pat Panda', before: { quantity: 5 }, after: { quantity: room!.used + 6 } },
    ])
    expect(await it.as(people.admin, orders.orders)).toEqual([])
  })

  test('an order that waits again costs what all its rows do', async () => {
    const name = 'Cloud PBX line'
    const product = await productId(it, name)
    await it.sql(
      `insert into agreement_items (i_env, i_customer, i_product, quantity, used)
       values (1, 46170, $1, 0, 0)`,
      [product],
    )
    const id = await upload(listOf(name, [7211, 7212, 7213]))
    const { overPrice } = (await stateOf(id)).report
    const { order } = await ask(id, 'order')
    await addLine('7212')
    await it.sql(
      'update agreement_items set quantity = 1 where i_customer = 46170 and i_product = $1',
      [product],
    )
    await it.as(people.admin, (ctx) => orders.approveOrder(ctx, { id: order! }))
    await due()
    const { state, report } = await stateOf(order!)
    expect(state).toBe('waiting')
    expect(report.counts).toMatchObject({ good: 1, over: 1, faulty: 1 })
    // Three at $6 each, of which one is there already.
    expect([overPrice.monthly, report.price.monthly]).toEqual(['18.00000', '12.00000'])
    await it.as(people.admin, (ctx) => orders.rejectOrder(ctx, { id: order!, reason: 'No' }))
  })

  test('of two rows with one number, one goes into the order, and the other stays a fault', async () => {
    const rows = [
      '711,Cloud PBX up to 5 phone lines',
      '711,Cloud PBX up to 10 phone lines',
      '712,Cloud PBX up to 10 phone lines',
    ]
    const [five, ten] = await Promise.all(
      ['Cloud PBX up to 5 phone lines', 'Cloud PBX up to 10 phone lines'].map((name) =>
        productId(it, name),
      ),
    )
    await it.sql(
      `insert into agreement_items (i_env, i_customer, i_product, quantity, used)
       values (1, 46170, $1, 0, 0), (1, 46170, $2, 10, 0)`,
      [five, ten],
    )
    const id = await upload(`Extension,Product\n${rows.join('\n')}\n`)
    expect((await stateOf(id)).report.counts).toMatchObject({ good: 1, over: 1, faulty: 1 })
    await ask(id, 'order')
    await due()
    expect(await stateOf(id)).toMatchObject({ state: 'applied', made: 1 })
    const made = await linesOf(46170)
    expect([made.includes('711'), made.includes('712')]).toEqual([false, true])
  })

  test('an order that can’t be made any more waits again, with the reason, and nothing is raised', async () => {
    const product = await productId(it, 'Cloud PBX up to 5 phone lines')
    const before = await placesOf(46175, product)
    const id = await upload(listOf('Cloud PBX up to 5 phone lines', [801, 802]), people.five)
    const { order } = await ask(id, 'order', people.five)
    expect(await stateOf(id, people.five)).toMatchObject({ state: 'ordered' })

    await it.sql(
      `update agreement_items set quantity = quantity + 1 where i_customer = 46175 and i_product = $1`,
      [product],
    )
    await addLine('802', people.five, 'Cloud PBX up to 5 phone lines')
    const now = await placesOf(46175, product)
    await it.as(people.admin, (ctx) => orders.approveOrder(ctx, { id: order! }))
    await due()
    expect(await stateOf(order!, people.five)).toMatchObject({
      state: 'waiting',
      decidedBy: null,
      failure: { code: 'bulk.not_all_good' },
    })
    expect(await placesOf(46175, product)).toEqual(now)
    expect(now).not.toEqual(before)

    const reason = 'Extension 802 exists now.'
    await it.as(people.admin, (ctx) => orders.rejectOrder(ctx, { id: order!, reason }))
    expect(await stateOf(order!, people.five)).toMatchObject({
      state: 'rejected',
      reason,
      decidedBy: 'Pat Panda',
    })
    const late = it.as(people.admin, (ctx) => orders.approveOrder(ctx, { id: order! }))
    expect(await refused(late)).toMatchObject({ code: 'bulk.not_now' })
  })
})

describe('undone', () => {
  const applied = async (extensions: number[]) => {
    const id = await upload(listOf('Cloud PBX', extensions))
    await ask(id, 'all')
    await due()
    return id
  }
  const undo = (id: string) => it.as(people.adam, (ctx) => bulk.undo(ctx, { id }))

  test('everything is as it was, and undone twice is undone once', async () => {
    const before = await linesOf(46170)
    const product = await productId(it, 'Cloud PBX')
    const places = await placesOf(46170, product)
    const id = await applied([4901, 4902])
    expect(await undo(id)).toMatchObject({ state: 'undoing' })
    await undo(id)
    await due()
    expect(await undo(id)).toMatchObject({ state: 'undone', made: 2 })
    expect(await linesOf(46170)).toEqual(before)
    expect(await placesOf(46170, product)).toEqual(places)
    const again = await upload(listOf('Cloud PBX', [4901, 4902]))
    expect((await stateOf(again)).report.counts.good).toBe(2)
  })

  test('not after 24 hours', async () => {
    const id = await applied([4911])
    it.clock.advance(24 * 3_600_000)
    expect(await refused(undo(id))).toMatchObject({ kind: 'gone', code: 'bulk.undo_over' })
    it.clock.advance(-24 * 3_600_000)
  })

  test('not when one of its extensions has been changed since, also while it is asked', async () => {
    const id = await applied([4921, 4922])
    const [row] = await it.sql<{ i_account: AccountId }>(
      `select i_account from extensions where extension = '4922'`,
    )
    await undo(id)
    await it.as(people.adam, (ctx) =>
      editExtension(ctx, { account: row!.i_account, name: 'Renamed' }),
    )
    await due()
    expect(await stateOf(id)).toMatchObject({
      state: 'applied',
      failure: { code: 'bulk.changed_since', details: { extensions: ['4922'] } },
    })
    expect(await refused(undo(id))).toMatchObject({ code: 'bulk.changed_since' })
    expect(await linesOf(46170)).toContain('4921')
  })
})

test('what nobody came back to is forgotten after 30 days, what was applied stays', async () => {
  const { sweep } = await import('#server/bulk/service.work.ts')
  const id = await upload(listOf('Cloud PBX', [4931]))
  const kept = await it.sql(`select count(*)::int as n from bulk_batches where state <> 'checked'`)
  it.clock.advance(31 * 86_400_000)
  await sweep(it.edge(system('bulk')))
  it.clock.advance(-31 * 86_400_000)
  expect(await it.sql('select 1 from bulk_rows where i_batch = $1', [id])).toEqual([])
  expect(await it.sql(`select count(*)::int as n from bulk_batches`)).toEqual(kept)
})

test('after all of that every promise is kept', async () => {
  expect(await verify((text) => it.sql(text))).toEqual([])
})
